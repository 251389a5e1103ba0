import "./styles/theme.css";
import "./styles/shell.css";
import "./styles/table.css";
import "./styles/detail.css";
import { Screen } from "./shell/screen.ts";
import { PriceFeed } from "./wire/priceFeed.ts";

const maxRateHz = 4;

const screen = new Screen(() => feed.retryNow());
const feed = new PriceFeed(
  new URL("hubs/prices", document.baseURI).href,
  { zones: [], locations: [], price_types: [], max_rate_hz: maxRateHz },
  screen,
);

document.querySelector("#app")?.append(screen.element);
feed.start();
