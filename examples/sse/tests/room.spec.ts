import { Room } from "../room";

function minutes(room: Room, count: i32): Room {
  for (let i = 0; i < count * 60; i++) room.step();
  return room;
}

describe("a room", () => {
  it("comes to its target, and stays near it", () => {
    const room = minutes(new Room(), 5);
    expect(Math.abs(room.temperature - 21)).toBeLessThan(0.5);
    expect(Math.abs(minutes(room, 5).temperature - 21)).toBeLessThan(0.5);
  });

  it("cools down where the target is below", () => {
    const room = new Room();
    room.target = 15;
    room.step();
    expect(room.heating).toBe(false);
    expect(room.temperature).toBeLessThan(18);
  });

  it("gets warmer than its target while it is boosted", () => {
    const room = new Room();
    room.boost = true;
    expect(minutes(room, 5).temperature).toBeGreaterThan(22);
  });
});
