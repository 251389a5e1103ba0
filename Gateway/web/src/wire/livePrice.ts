/** The newest price of a location and price type, as REST, SSE and SignalR write it. A value not known is null. */
export interface LivePrice {
  readonly market_zone: string;
  /** The market's own id of the place. */
  readonly location: string;
  readonly location_name?: string | null;
  readonly location_type?: string | null;
  readonly price_type: string;
  /** Start of the interval, ISO 8601, UTC. */
  readonly timestamp: string;
  readonly interval_minutes?: number | null;
  /** $/MWh; may be zero or negative. */
  readonly price: number;
  readonly energy_cost?: number | null;
  readonly congestion_cost?: number | null;
  readonly loss_cost?: number | null;
  /** MW. */
  readonly volume?: number | null;
  /** Percent, 0 to 100. */
  readonly renewable_percentage?: number | null;
  /** MW. */
  readonly load_forecast?: number | null;
  readonly published_at?: string | null;
  /** 1 when first seen, one more for each different value the market republished. */
  readonly revision?: number | null;
  readonly source?: string | null;
  /** Against the interval before, $/MWh. */
  readonly change?: number | null;
  readonly volatility_1h?: number | null;
  readonly volatility_24h?: number | null;
  readonly volatility_ewma?: number | null;
}

/** What a subscriber asks for; an empty list means all. */
export interface Subscription {
  readonly zones: readonly string[];
  readonly locations: readonly string[];
  readonly price_types: readonly string[];
  readonly max_rate_hz: number;
}
