import { ascii } from "../bytes/ascii";

/** Whether JSON can be made of a T and read into one; known when the app is built. */
// @ts-ignore: decorator
@inline
export function isJson<T>(): bool {
  if (isNullable<T>()) return isJson<NonNullable<T>>();
  if (isInteger<T>() || isFloat<T>()) return !isReference<T>();
  if (isString<T>()) return true;
  if (isFunction<T>() || !isManaged<T>()) return false;
  // @ts-ignore: known when T is
  if (isArray<T>() || changetype<T>(0) instanceof StaticArray) return isJson<valueof<T>>();
  // @ts-ignore: known when T is
  if (changetype<T>(0) instanceof Map) return isString<indexof<T>>() && isJson<valueof<T>>();
  // @ts-ignore: known when T is
  return isDefined(changetype<T>(0).__writeJson);
}

/** The name of an integer type, as an `ascii` text. */
// @ts-ignore: decorator
@inline
export function integerName<T>(): usize {
  if (isSigned<T>()) {
    if (sizeof<T>() == 1) return ascii("i8");
    if (sizeof<T>() == 2) return ascii("i16");
    return sizeof<T>() == 4 ? ascii("i32") : ascii("i64");
  }
  if (sizeof<T>() == 1) return ascii("u8");
  if (sizeof<T>() == 2) return ascii("u16");
  return sizeof<T>() == 4 ? ascii("u32") : ascii("u64");
}
