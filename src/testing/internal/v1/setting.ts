/*
 * What the documents of v1 leave open, or say differently in different years: decided by the options.
 */
import type { Stamps } from "./moments.js"

export interface Legacy {
  /** 2020: `{"data": …}` and `{"data": […], "links": …}`. 2018: bare resources and `[{"data": […], "meta": …}]`. */
  readonly envelope: "2020" | "2018"
  /** Which bounds of a window count in: a square bracket does, a round one does not. */
  readonly bounds: "[]" | "[)" | "(]" | "()"
  readonly order: "ascending" | "descending"
  /** Where pages say what the next one is: at every place that is known, only in addresses that are badly encoded, or nowhere. */
  readonly links: "all" | "malformed" | "none"
  /** The largest page. */
  readonly maxSize: number
  readonly stamps: Stamps
  /** The names of fields: of which year, or both at once where they differ. */
  readonly spelling: "2020" | "2018" | "both"
  readonly clientId: string
  readonly clientSecret: string
  /** What the client may ask for. */
  readonly scopes: ReadonlyArray<string>
  /** Where to send notifications; undefined where nobody wants them. */
  readonly notify: Notify | undefined
}

export interface Notify {
  readonly url: string
  readonly secret: string
  readonly issuer: string
  readonly audience: string
}
