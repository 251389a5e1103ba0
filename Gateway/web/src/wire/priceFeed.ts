import {
  HttpError,
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  type IHttpConnectionOptions,
  LogLevel,
} from "@microsoft/signalr";
import { backoffDelay } from "./backoff.ts";
import { type FeedState, failedState } from "./feedState.ts";
import type { LivePrice, Subscription } from "./livePrice.ts";

export interface FeedListener {
  onState(state: FeedState): void;
  /** Newest prices, from a snapshot or pushed; may hold prices older than those shown. */
  onPrices(prices: readonly LivePrice[]): void;
  /** The gateway left out this many intermediate prices because this client was slow. */
  onLag(dropped: number): void;
}

/**
 * A subscription that stays: connects, takes the snapshot, listens, and after a loss starts again from a
 * snapshot, for ever. Each attempt is a new connection, so nothing of an old one can be heard after it.
 */
export class PriceFeed {
  readonly #address: string;
  readonly #subscription: Subscription;
  readonly #listener: FeedListener;
  #connection: HubConnection | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(address: string, subscription: Subscription, listener: FeedListener) {
    this.#address = address;
    this.#subscription = subscription;
    this.#listener = listener;
  }

  start(): void {
    addEventListener("online", () => this.retryNow());
    addEventListener("offline", () => void this.#connection?.stop());
    this.#listener.onState({ kind: "connecting" });
    void this.#connect();
  }

  /** Ends a wait between two attempts; does nothing at any other time. */
  retryNow(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#connect();
  }

  async #connect(): Promise<void> {
    const connection = new HubConnectionBuilder()
      .withUrl(this.#address, transport(this.#failures))
      .configureLogging(LogLevel.None)
      .build();
    this.#connection = connection;
    const isCurrent = () => this.#connection === connection;

    connection.on("prices", (prices: readonly LivePrice[]) => {
      if (isCurrent()) this.#listener.onPrices(prices);
    });
    connection.on("lag", (dropped: number) => {
      if (isCurrent()) this.#listener.onLag(dropped);
    });
    connection.onclose((error) => {
      if (isCurrent()) this.#lost(error);
    });

    try {
      await connection.start();
      const snapshot = await connection.invoke<readonly LivePrice[]>("Subscribe", this.#subscription);
      if (!isCurrent()) return;
      this.#failures = 0;
      this.#listener.onPrices(snapshot);
      this.#listener.onState({ kind: "live" });
    } catch (error) {
      // The loss of a started connection is also told to onclose; whoever comes first takes it.
      if (!isCurrent()) return;
      this.#lost(error);
      await connection.stop();
    }
  }

  #lost(error: unknown): void {
    this.#connection = undefined;
    const delay = backoffDelay(this.#failures++);
    this.#listener.onState(
      failedState(this.#failures, reasonOf(error), Date.now() + delay, navigator.onLine),
    );
    this.#timer = setTimeout(() => this.retryNow(), delay);
  }
}

/**
 * A WebSocket at once, which any of several gateways behind a load balancer can answer; every other attempt
 * negotiates first, which gets through where WebSockets are blocked and says why a caller is refused.
 */
function transport(failures: number): IHttpConnectionOptions {
  return failures % 2 === 0 ? { skipNegotiation: true, transport: HttpTransportType.WebSockets } : {};
}

function reasonOf(error: unknown): string {
  const status = error instanceof HttpError ? error.statusCode : statusIn(error);
  if (status === 401) return "The gateway asks for a sign-in.";
  if (status === 403) return "You may not read these prices.";
  if (status === 429) return "The gateway has too many requests from this address.";
  if (status !== undefined && status >= 500) return `The gateway answered ${status}.`;
  return "The gateway does not answer.";
}

/** SignalR wraps a refused negotiation in an Error that keeps the status only in its text. */
function statusIn(error: unknown): number | undefined {
  const match = error instanceof Error ? /[Ss]tatus code '?(\d{3})/.exec(error.message) : null;
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
