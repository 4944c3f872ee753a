/**
 * What is known of the service, reduced to what a test can hold the package against: `test/fixtures/<generation>/catalogue.json`
 * holds the facts of every route, the other files there one example of each.
 */
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Json, JsonObject } from "./json.js"

/**
 * A field of a model or a parameter of a query. `type` is a scalar (`uuid`, `datetime`, …), `enum(A,B)` (closed), `open-enum(A,B)`,
 * the name of a model, `[type]`, `map(string,type)`, `Page<Model>`, or several of them with `|` between.
 */
export interface Field {
  readonly type: string
  /** In an answer `always`, `sometimes` or (never recorded) `documented`; in a request `required` or `optional`. */
  readonly presence: "always" | "sometimes" | "documented" | "required" | "optional"
  readonly nullable?: boolean
}

export interface Model {
  /** Whether other keys than the listed ones occur. */
  readonly open: boolean
  readonly fields: Readonly<Record<string, Field>>
}

export interface Facts {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly paging: string
  readonly pathParams: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, Field>>
  readonly body: string | null
  readonly bodyType: "json" | "form" | "multipart" | null
  /** A type, `bytes`, or null where the answer has no body. */
  readonly answer: string | null
  /** The model around the answer, if there is one. `Page<Model>` stands for the envelope with items of `Model`. */
  readonly envelope: string | null
  readonly statuses: ReadonlyArray<number>
}

export interface Catalogue {
  readonly models: Readonly<Record<string, Model>>
  readonly endpoints: ReadonlyArray<Facts>
}

/** One exchange with the service, as it travels. */
export interface Fixture {
  readonly request: {
    readonly path?: Readonly<Record<string, string>>
    readonly query?: JsonObject
    readonly body?: Json
    /** Files are lists of `{ name, contentType, content }`. */
    readonly multipart?: JsonObject
  }
  readonly response: Json
}

const folder = (generation: string): URL => new URL(`../fixtures/${generation}/`, import.meta.url)

const read = (file: URL): unknown => JSON.parse(readFileSync(file, "utf8"))

export const catalogue = (generation: string): Catalogue => read(new URL("catalogue.json", folder(generation))) as Catalogue

/** The examples of a generation by the id of their facts. */
export const fixtures = (generation: string): ReadonlyMap<string, Fixture> =>
  new Map(
    readdirSync(fileURLToPath(folder(generation)))
      .filter((name) => name.endsWith(".json") && name !== "catalogue.json")
      .flatMap((name) => Object.entries(read(new URL(name, folder(generation))) as Record<string, Fixture>))
  )

/** A route without the names of its slots. */
export const routeOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path.replace(/\{[^}]*\}/g, "{}")}`

/** The slots of a route that a call fills, in order; tenant and instance are the client's. */
export const slotsOf = (path: string): ReadonlyArray<string> =>
  Array.from(path.matchAll(/\{(\w+)\}/g), (match) => match[1]!).filter((slot) => slot !== "tenant" && slot !== "instance")

/** The parameters of a query that must be there. */
export const requiredOf = ({ query }: Facts): ReadonlyArray<string> =>
  Object.entries(query)
    .flatMap(([name, { presence }]) => (presence === "required" ? [name] : []))
    .sort()

/** Whether there is a model, a field of a model (`Model.field`, `Model.*`) or a parameter (`facts.id.parameter`) of that name. */
export const isKnown = ({ endpoints, models }: Catalogue, name: string): boolean => {
  const [, of, field] = /^(.*)\.([^.]*)$/.exec(name) ?? [undefined, name, "*"]
  const fields = models[of!]?.fields ?? endpoints.find(({ id }) => id === of)?.query
  return fields !== undefined && (field === "*" || field! in fields)
}
