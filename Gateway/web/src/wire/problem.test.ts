import { expect, it } from "vitest";
import { problemOf } from "./problem.ts";

it("speaks with the title and detail of problem details", async () => {
  const body = JSON.stringify({ title: "Unknown zone.", detail: "zone 'XX' is none of PJM, CAISO, ERCOT." });
  const problem = await problemOf(new Response(body, { status: 400 }));
  expect(problem.message).toBe("Unknown zone. zone 'XX' is none of PJM, CAISO, ERCOT.");
  expect(problem.status).toBe(400);
});

it.each(["<html>Bad gateway</html>", "", "null", "{}", '{"title":5}'])(
  "falls back on the status for %j",
  async (body) => {
    const problem = await problemOf(new Response(body, { status: 502, statusText: "Bad Gateway" }));
    expect(problem.message).toBe("The gateway answered 502 (Bad Gateway).");
  },
);
