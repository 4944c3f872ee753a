/*
 * What v1 puts around its answers.
 */
import type { JsonObject } from "../json.js"
import type { Page, Window } from "./collection.js"
import * as Moments from "./moments.js"
import type { Legacy } from "./setting.js"

/** A single resource; null where it was deleted and is not told any more. */
export const item = ({ envelope }: Legacy, resource: JsonObject | null): unknown =>
  envelope === "2018" && resource !== null ? resource : { data: resource }

const values = ({ from, size, to }: Window, stamps: Moments.Stamps): JsonObject => ({
  "page[from]": from === undefined ? null : Moments.format(from, stamps),
  "page[to]": to === undefined ? null : Moments.format(to, stamps),
  "page[size]": size
})

/** The address of a page: that of this one, with other values. */
const address = (url: URL, window: Window): string => {
  const other = new URL(url)
  for (const [name, value] of Object.entries(values(window, "naive"))) {
    if (value !== null) other.searchParams.set(name, String(value))
  }
  return other.href
}

/** As some addresses were: brackets encoded twice over inside literal ones, a parameter too many and one too few. */
const malformed = ({ origin, pathname }: URL, window: Window): string => {
  const { "page[from]": from, "page[size]": size } = values(window, "naive")
  return `${origin}${pathname}?resource_name=${pathname.replace(/^.*\//, "")}&page[%255Bfrom%255D]=${from}&page[%255Bsize%255D]=${size}`
}

const links = (page: Page, url: URL, { links: kind, stamps }: Legacy): JsonObject => {
  const [addressOf, told] = kind === "malformed" ? [malformed, false] : [address, true]
  const refs = Object.entries({ current: page.current, next: page.next }).flatMap(([role, window]) =>
    window === undefined ? [] : [[role, addressOf(url, window), values(window, stamps)] as const]
  )
  return {
    href: Object.fromEntries(refs.map(([role, href]) => [role, href])),
    ...Object.fromEntries(refs.map(([role, href, meta]) => [role, told ? { href, meta } : { href }])),
    ...(told ? { meta: Object.fromEntries(refs.map(([role, , meta]) => [role, meta])) } : {})
  }
}

/** A page of a find at this address. */
export const page = (legacy: Legacy, found: Page, url: URL): unknown => {
  const meta = { current: values(found.current, legacy.stamps) }
  const envelope = {
    data: found.data,
    // where pages are linked, the links say as much
    ...(legacy.links === "none" ? { meta } : { links: links(found, url, legacy) })
  }
  return legacy.envelope === "2018" ? [envelope] : envelope
}
