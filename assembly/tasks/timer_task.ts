import { Sleeper, Timer } from "../server/timers";
import { Task, Wait } from "./task";

/** The function of a timer while it waits. */
export class TimerTask extends Task {
  constructor(private readonly timer: Timer) {
    super(null);
    timer.sleeper = new TaskSleeper(this);
  }

  protected invoke(): void {
    this.timer.call();
  }

  protected arm(ms: u32): void {
    this.timer.schedule(ms);
  }

  protected done(): void {
    this.timer.end();
  }

  abandon(): void {
    this.drop();
    this.timer.end();
  }
}

class TaskSleeper extends Sleeper {
  constructor(private readonly task: TimerTask) {
    super();
  }

  resume(): void {
    this.task.wake(Wait.TIME);
  }
}
