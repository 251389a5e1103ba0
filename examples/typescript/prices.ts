// Live prices over SignalR:  npm start -- [ZONE]
import { type HubConnection, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

interface Price {
  market_zone: string;
  location: string;
  price_type: string;
  timestamp: string;
  price: number;
  revision: number;
}

const gateway = process.env.OPTIBID_URL ?? "http://localhost:8080";
const apiKey = process.env.OPTIBID_API_KEY;
const filter = process.argv[2] ? { zones: [process.argv[2]] } : {};
const newest = new Map<string, Price>();

function isNewer(price: Price, shown: Price): boolean {
  return price.timestamp === shown.timestamp ? price.revision > shown.revision : price.timestamp > shown.timestamp;
}

function show(prices: Price[]): void {
  for (const price of prices) {
    const series = `${price.market_zone}/${price.location}/${price.price_type}`;
    const shown = newest.get(series);
    if (shown && !isNewer(price, shown)) continue;
    newest.set(series, price);
    console.log(price.timestamp, price.market_zone, price.location, price.price_type, price.price);
  }
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

function connection(): HubConnection {
  const hub = new HubConnectionBuilder()
    .withUrl(`${gateway}/hubs/prices`, apiKey ? { headers: { "X-Api-Key": apiKey } } : {})
    .configureLogging(LogLevel.None)
    .build();
  hub.on("prices", show);
  hub.on("lag", (dropped: number) => console.error(`too slow: ${dropped} prices were dropped, the newest still come`));
  return hub;
}

for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
  const hub = connection();
  const closed = new Promise<Error | undefined>((resolve) => hub.onclose(resolve));
  let reason: unknown;
  try {
    await hub.start();
    show(await hub.invoke<Price[]>("Subscribe", filter));
    pause = 1;
    reason = await closed;
  } catch (error) {
    reason = error;
    await hub.stop();
  }

  console.error(`connection lost (${reason ?? "the gateway has ended it"}), again in ${pause} s`);
  await sleep(pause);
}
