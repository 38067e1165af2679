/**
 * Writes conditions as jumps. WAMR's fast interpreter keeps 18 to 36 bytes for an `if` without `else`, and executes one
 * operation more at its end; a `br_if` takes 12 to 24. `a && b` as a condition is two of them, instead of a value that is
 * made and then tested.
 */

import type binaryen from "assemblyscript/binaryen";

type Binaryen = typeof binaryen;
type Expression = binaryen.ExpressionRef;

/** An expression's accessors, as Binaryen's JavaScript has them and its types do not. */
type Accessors = Record<string, (expression: Expression, ...values: Expression[]) => Expression>;

/** Where each kind of expression holds others. What is not here holds none that could branch. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  If: ["Condition", "IfTrue", "IfFalse"],
  Loop: ["Body"],
  Break: ["Condition", "Value"],
  Switch: ["Condition", "Value"],
  LocalSet: ["Value"],
  GlobalSet: ["Value"],
  Load: ["Ptr"],
  Store: ["Ptr", "Value"],
  Unary: ["Value"],
  Binary: ["Left", "Right"],
  Select: ["Condition", "IfTrue", "IfFalse"],
  Drop: ["Value"],
  Return: ["Value"],
  MemoryGrow: ["Delta"],
  MemoryCopy: ["Dest", "Source", "Size"],
  MemoryFill: ["Dest", "Value", "Size"],
  CallIndirect: ["Target"],
};
const LISTS: Readonly<Record<string, string>> = { Block: "Child", Call: "Operand", CallIndirect: "Operand" };

/** Comparisons and what is true where they are false. */
const OPPOSITES = [
  ["EqInt32", "NeInt32"],
  ["LtSInt32", "GeSInt32"],
  ["LtUInt32", "GeUInt32"],
  ["GtSInt32", "LeSInt32"],
  ["GtUInt32", "LeUInt32"],
  ["EqInt64", "NeInt64"],
  ["LtSInt64", "GeSInt64"],
  ["LtUInt64", "GeUInt64"],
  ["GtSInt64", "LeSInt64"],
  ["GtUInt64", "LeUInt64"],
] as const;

/** Does so in all functions of a module, which is optimized already. */
export function writeBranches(compiler: Binaryen, module: binaryen.Module): void {
  const branches = new Branches(compiler, module);
  for (let i = 0; i < module.getNumFunctions(); i++) {
    const ref = module.getFunctionByIndex(i);
    const { body } = compiler.getFunctionInfo(ref);
    if (body) branches.setBody(ref, branches.rewrite(body));
  }
}

class Branches {
  private labels = 0;
  private readonly functions: Accessors;
  private readonly kinds = new Map<number, { name: string; access: Accessors }>();
  private readonly opposites: ReadonlyMap<number, number>;

  constructor(
    private readonly compiler: Binaryen,
    private readonly module: binaryen.Module,
  ) {
    const constants = compiler as unknown as Record<string, number>;
    const classes = compiler as unknown as Record<string, Accessors>;
    this.functions = classes.Function;
    for (const name of new Set([...Object.keys(PARTS), ...Object.keys(LISTS)])) {
      this.kinds.set(constants[`${name}Id`], { name, access: classes[name] });
    }
    const pairs = OPPOSITES.map(([one, other]) => [constants[one], constants[other]] as const);
    this.opposites = new Map([...pairs, ...pairs.map(([one, other]) => [other, one] as const)]);
  }

  setBody(ref: binaryen.FunctionRef, body: Expression): void {
    this.functions.setBody(ref, body);
  }

  /** The expression with its parts rewritten; another one in its place where it is a condition. */
  rewrite(expression: Expression): Expression {
    const replaced = this.replace(expression);
    if (replaced) return replaced;
    this.rewriteParts(expression);
    return expression;
  }

  private replace(expression: Expression): Expression | undefined {
    const { compiler, module } = this;
    const branch = this.infoOf<binaryen.IfInfo>(expression, compiler.IfId);
    if (branch) return this.replaceIf(branch);
    const set = this.infoOf<binaryen.LocalSetInfo>(expression, compiler.LocalSetId);
    if (set && !set.isTee) return this.replaceSet(set);
    const jump = this.infoOf<binaryen.BreakInfo>(expression, compiler.BreakId);
    if (jump) {
      const { name, condition, value } = jump;
      if (value || !condition || !this.isLogical(condition)) return undefined;
      return module.block(null, this.jump(condition, true, name), compiler.none);
    }
    return undefined;
  }

  private replaceIf({ condition, ifTrue, ifFalse, type }: binaryen.IfInfo): Expression | undefined {
    const { compiler, module } = this;
    const leaves = (arm: Expression): boolean => compiler.getExpressionType(arm) === compiler.unreachable;
    if (!ifFalse) {
      if (!this.isCheap(condition)) return undefined;
      return this.skipping(condition, false, ifTrue);
    }
    // An arm that is left by a jump needs none behind it.
    if (leaves(ifTrue) && this.isCheap(condition)) {
      return module.block(null, [this.skipping(condition, false, ifTrue), this.rewrite(ifFalse)], type);
    }
    if (leaves(ifFalse))
      return module.block(null, [this.skipping(condition, true, ifFalse), this.rewrite(ifTrue)], type);
    return undefined;
  }

  /** `arm`, but not where a condition is `wanted`. */
  private skipping(condition: Expression, wanted: boolean, arm: Expression): Expression {
    const end = this.label();
    return this.module.block(end, [...this.jump(condition, wanted, end), this.rewrite(arm)], this.compiler.none);
  }

  /** Each arm of a conditional value sets the local itself, instead of handing the value on. */
  private replaceSet({ index, value }: binaryen.LocalSetInfo): Expression | undefined {
    const { compiler, module } = this;
    const choice = this.infoOf<binaryen.IfInfo>(value, compiler.IfId);
    if (!choice || choice.type === compiler.unreachable) return undefined;
    const set = (arm: Expression): Expression => {
      if (compiler.getExpressionType(arm) === compiler.unreachable) return arm;
      const block = this.infoOf<binaryen.BlockInfo>(arm, compiler.BlockId);
      if (!block || block.name) return module.local.set(index, arm);
      const last = block.children.pop();
      return module.block(null, last ? [...block.children, set(last)] : []);
    };
    return this.rewrite(module.if(choice.condition, set(choice.ifTrue), set(choice.ifFalse)));
  }

  private rewriteParts(expression: Expression): void {
    const kind = this.kinds.get(this.compiler.getExpressionId(expression));
    if (!kind) return;
    const { name, access } = kind;
    for (const part of PARTS[name] ?? []) {
      const child = access[`get${part}`](expression);
      if (child) access[`set${part}`](expression, this.rewrite(child));
    }
    const list = LISTS[name];
    if (!list) return;
    const count = access[name === "Block" ? "getNumChildren" : "getNumOperands"](expression);
    for (let i = 0; i < count; i++) {
      access[`set${list}At`](expression, i, this.rewrite(access[`get${list}At`](expression, i)));
    }
  }

  /** Code that goes to `label` where a condition is `wanted`, and on where it is not. */
  private jump(condition: Expression, wanted: boolean, label: string): Expression[] {
    const { compiler, module } = this;
    const negated = this.negated(condition);
    if (negated) return this.jump(negated, !wanted, label);
    const logical = this.logical(condition);
    if (!logical)
      return [module.br_if(label, wanted ? this.rewrite(condition) : this.inverse(this.rewrite(condition)))];
    const { first, enters, second } = logical;
    // The second condition counts where the first is as `enters`; else the whole is `!enters`, or what it was built with.
    if (logical.otherwise === wanted) {
      return [...this.jump(first, !enters, label), ...this.jump(second, wanted, label)];
    }
    const end = this.label();
    return [module.block(end, [...this.jump(first, !enters, end), ...this.jump(second, wanted, label)], compiler.none)];
  }

  /** `if (first) second else 0` and the like: what `&&` and `||` are compiled to. */
  private logical(
    condition: Expression,
  ): { first: Expression; enters: boolean; second: Expression; otherwise: boolean } | undefined {
    const info = this.infoOf<binaryen.IfInfo>(condition, this.compiler.IfId);
    if (!info) return undefined;
    const { condition: first, ifTrue, ifFalse } = info;
    const [whenTrue, whenFalse] = [this.truth(ifTrue), this.truth(ifFalse)];
    if (whenFalse !== undefined) return { first, enters: true, second: ifTrue, otherwise: whenFalse };
    if (whenTrue !== undefined) return { first, enters: false, second: ifFalse, otherwise: whenTrue };
    return undefined;
  }

  private isLogical(condition: Expression): boolean {
    const negated = this.negated(condition);
    return negated ? this.isLogical(negated) : this.logical(condition) !== undefined;
  }

  /** Whether the opposite of a condition costs no operation of its own. */
  private isCheap(condition: Expression): boolean {
    if (this.isLogical(condition) || this.negated(condition)) return true;
    return this.opposite(condition) !== undefined;
  }

  /** What `!` is applied to. */
  private negated(condition: Expression): Expression | undefined {
    const info = this.infoOf<binaryen.UnaryInfo>(condition, this.compiler.UnaryId);
    return info?.op === this.compiler.EqZInt32 ? info.value : undefined;
  }

  /** The operation that is true where this comparison is false. */
  private opposite(condition: Expression): number | undefined {
    const info = this.infoOf<binaryen.BinaryInfo>(condition, this.compiler.BinaryId);
    return info && this.opposites.get(info.op);
  }

  private inverse(condition: Expression): Expression {
    const opposite = this.opposite(condition);
    if (opposite !== undefined) {
      this.kinds.get(this.compiler.BinaryId)?.access.setOp(condition, opposite);
      return condition;
    }
    return this.module.i32.eqz(condition);
  }

  /** Whether a constant stands for true or false; undefined for all else. */
  private truth(expression: Expression): boolean | undefined {
    const info = expression ? this.infoOf<binaryen.ConstInfo>(expression, this.compiler.ConstId) : undefined;
    return info && info.value !== 0;
  }

  /** What an expression consists of, where it is of that kind. */
  private infoOf<Info extends binaryen.ExpressionInfo>(expression: Expression, kind: number): Info | undefined {
    const { compiler } = this;
    return compiler.getExpressionId(expression) === kind ? (compiler.getExpressionInfo(expression) as Info) : undefined;
  }

  private label(): string {
    return `jump${this.labels++}`;
  }
}
