import { describeUser } from "../users";

describe("describeUser", () => {
  it("names the user", () => {
    expect(describeUser("7")).toBe("user 7");
  });
});
