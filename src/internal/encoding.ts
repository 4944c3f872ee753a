import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Schema from "effect/Schema"
import type { Call, Client, Descriptor, QueryValue } from "../Endpoint.js"
import { EncodeError, type Place } from "../WelkinError.js"
import * as Multipart from "./multipart.js"
import * as Places from "./places.js"
import * as Route from "./route.js"

/** Turns the input of an endpoint into a call, or says which field is in the way. */
export type Encode = (slots: Client["slots"], input: unknown) => Effect.Effect<Call, EncodeError>

/** Nothing was sent. */
export const refusal = (d: Descriptor, places: ReadonlyArray<Place>): EncodeError =>
  new EncodeError({
    endpoint: d.id,
    method: d.method,
    route: d.path,
    attempts: 0,
    waitedMillis: 0,
    stopped: "Final",
    places,
    ...(d.safe ? {} : { outcome: "NotSent" as const })
  })

type Encoded<A> = Either.Either<A, ReadonlyArray<Place>>

/** Values by name, as a query and a form have them: a list is a name for each of its values, undefined is none. */
const parametersOf = (names: ReadonlyArray<string>, values: Readonly<Record<string, unknown>>): Encoded<string> => {
  const pairs: Array<string> = []
  for (const name of names) {
    const value = values[name] as QueryValue
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value]) {
      if (!Route.isWellFormed(String(one))) return Either.left([{ path: name, expected: "well-formed Unicode", actual: "string" }])
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`)
    }
  }
  return Either.right(pairs.join("&"))
}

const jsonOf = (value: unknown): Encoded<string> => {
  const place: Place = { path: "", expected: "JSON", actual: typeof value }
  try {
    return Either.fromNullable(JSON.stringify(value), () => [place])
  } catch {
    // a circle, or a bigint somewhere
    return Either.left([place])
  }
}

const inBody = (place: Place): Place => ({ ...place, path: place.path === "" ? "body" : `body.${place.path}` })

const serialise = (bodyType: Descriptor["bodyType"], body: unknown): Effect.Effect<Call["body"], ReadonlyArray<Place>> => {
  switch (bodyType) {
    case "form": {
      const fields = body as Readonly<Record<string, unknown>>
      return Either.map(parametersOf(Object.keys(fields), fields), (content) => ({
        contentType: "application/x-www-form-urlencoded",
        content
      }))
    }
    case "multipart":
      return Multipart.encode(body as Record<string, Multipart.Field>)
    case "json":
      return Either.map(jsonOf(body), (content) => ({ contentType: "application/json", content }))
    case undefined:
      return Effect.succeed(undefined)
  }
}

/** `check` looks at the input as a whole, once each of its fields has been accepted. */
export const make = (d: Descriptor, check: (input: any) => ReadonlyArray<Place> = () => []): Encode => {
  if (!Route.isTemplate(d.path))
    return () => Effect.fail(refusal(d, [{ path: "route", expected: "a template of /literals and /{slots}", actual: "string" }]))
  const fields = Schema.Struct({ ...d.pathFields, ...d.query }) as unknown as Schema.Schema<unknown, Readonly<Record<string, unknown>>>
  const encodeFields = Schema.encodeUnknownEither(fields, { onExcessProperty: "error", errors: "all" })
  const encodeBody = Schema.encodeUnknownEither((d.body ?? Schema.Undefined) as Schema.Schema<unknown>, {
    onExcessProperty: "error",
    errors: "all"
  })
  const names = Object.keys(d.query)
  const encode = (slots: Client["slots"], input: object): Encoded<Pick<Call, "target"> & { readonly body: unknown }> =>
    Either.gen(function* () {
      const { body = undefined, ...rest } = input as { readonly body?: unknown }
      // a struct without fields takes any object, so the schema alone would let strangers pass where nothing is asked for
      const strangers = Object.keys(rest).filter((name) => !Object.hasOwn(d.pathFields, name) && !Object.hasOwn(d.query, name))
      if (strangers.length > 0) return yield* Either.left(strangers.map((path) => ({ path, expected: "nothing", actual: "a value" })))
      const values = yield* Either.mapLeft(encodeFields(rest), Places.of)
      const refused = check(rest)
      if (refused.length > 0) return yield* Either.left(refused)
      const path = yield* Either.mapLeft(
        Route.fill(d.path, { ...values, ...slots }),
        ({ expected, slot }): ReadonlyArray<Place> => [{ path: slot, expected, actual: "string" }]
      )
      const query = yield* parametersOf(names, values)
      const encoded = yield* Either.mapLeft(encodeBody(body), (error): ReadonlyArray<Place> => Places.of(error).map(inBody))
      return { target: query === "" ? path : `${path}?${query}`, body: encoded }
    })
  return (slots, input) =>
    Effect.flatMap(encode(slots, (input ?? {}) as object), ({ body, target }) =>
      serialise(d.bodyType, body).pipe(
        Effect.mapBoth({
          onSuccess: (serialised) => ({ descriptor: d, target, body: serialised }),
          onFailure: (places) => places.map(inBody)
        })
      )
    ).pipe(Effect.mapError((places) => refusal(d, places)))
}
