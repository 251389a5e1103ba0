/** A refusal of the gateway, as RFC 9457 describes it. */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "Problem";
    this.status = status;
  }
}

/** Reads the refusal out of a reply; a body that is not problem details leaves the status alone to speak. */
export async function problemOf(response: Response): Promise<Problem> {
  const fallback = `The gateway answered ${response.status}${response.statusText ? ` (${response.statusText})` : ""}.`;
  try {
    const body: unknown = await response.json();
    if (body !== null && typeof body === "object") {
      const { title, detail } = body as { title?: unknown; detail?: unknown };
      const words = [title, detail].filter((part) => typeof part === "string" && part !== "");
      if (words.length > 0) return new Problem(response.status, words.join(" "));
    }
  } catch {
    // Not JSON, such as a proxy's HTML page: nothing in it is worth showing.
  }
  return new Problem(response.status, fallback);
}
