/** What the example says of a user. */
export function describeUser(id: string): string {
  return "user " + id;
}
