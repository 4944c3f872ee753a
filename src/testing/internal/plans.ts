/*
 * Generators of faults, whatever they do.
 */
import * as FastCheck from "effect/FastCheck"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Fault from "../Fault.js"
import { json } from "./values.js"

type Tag = Fault.Action["_tag"]
type Of<T extends Tag> = Extract<Fault.Action, { readonly _tag: T }>
type Fields<T extends Tag> = { readonly [K in Exclude<keyof Of<T>, "_tag">]-?: FastCheck.Arbitrary<Exclude<Of<T>[K], undefined>> }

const { array, constantFrom, integer, nat, oneof, record } = FastCheck

const html = "<!doctype html><title>Be right back</title>"
const errorList = [{ errorCode: "SOMETHING_WRONG", componentType: "CDT", message: "What went wrong.", details: {} }]

const status = oneof(
  { withCrossShrink: true },
  constantFrom(503, 429, 500, 502, 504, 408, 401, 403, 404, 409, 410, 400, 302, 501, 204, 200, 201),
  integer({ min: 200, max: 599 })
)
const body = constantFrom<unknown>("", html, errorList, {}, [], { content: [] }, { data: [], cursor: {} }, "{", null)
const contentType = constantFrom("application/json", "text/html", "text/plain")
const headers = constantFrom<Readonly<Record<string, string | ReadonlyArray<string>>>>(
  {},
  { "content-type": "text/html" },
  { location: "https://other.example/" },
  { "set-cookie": ["a=1", "b=2"] },
  { "content-encoding": "br" }
)
const path = constantFrom(
  ...["/content", "/content/0", "/content/*/id", "/last", "/totalElements", "/number", "/id", "/token", "/meta/nextPageToken"],
  ...["/data", "/data/*/id", "/data/0/updatedAt", "/cursor/hasNext", "/cursor/end", "/metaInfo/lastPage", "/jsonBody", "/added"]
)

/** What the fields of each action may be. Nobody would open a latch. */
const fields: { readonly [T in Exclude<Tag, "Latch">]: Fields<T> } = {
  Status: {
    status,
    headers,
    body,
    retryAfter: oneof<
      [FastCheck.Arbitrary<Fault.RetryAfter>, FastCheck.Arbitrary<Fault.RetryAfter>, FastCheck.Arbitrary<Fault.RetryAfter>]
    >(nat(5), record({ dateInSeconds: integer({ min: -5, max: 5 }) }), constantFrom("", "soon", "-1", "1e9"))
  },
  SetStatus: { status },
  SetHeaders: { headers },
  ReplaceBody: { body, contentType },
  ReplaceBytes: { base64: FastCheck.uint8Array({ maxLength: 64 }).map((bytes) => btoa(String.fromCharCode(...bytes))), contentType },
  Pad: { bytes: integer({ min: 1, max: 100_000 }) },
  SetField: { path, value: json },
  RemoveField: { path },
  MistypeField: { path },
  AddFields: {},
  Delay: { millis: nat(40_000), upToMillis: nat(40_000) },
  Refuse: {},
  Tls: { problem: constantFrom("selfSigned", "expired", "wrongHost", "plainHttp") },
  Reset: {},
  HalfClose: {},
  Hang: {},
  Drip: { bytes: integer({ min: 1, max: 5000 }), everyMillis: nat(200) },
  Truncate: { framing: constantFrom("length", "chunked", "close") },
  WrongLength: { by: integer({ min: -50, max: 50 }) },
  Gzip: { damage: constantFrom("none", "flipped", "noTrailer", "half", "notGzip") },
  TokenExpired: {},
  RevokeTokens: {},
  Deny: {},
  RewriteQuery: {
    set: constantFrom<Readonly<Record<string, string>>>({ page: "0" }, { page: "1" }, { size: "1" }, { pageSize: "1" }),
    remove: FastCheck.uniqueArray(constantFrom("page", "size", "sort", "start", "pageToken"), { maxLength: 2 }),
    cap: constantFrom<Readonly<Record<string, number>>>({ size: 1 }, { pageSize: 1 })
  },
  Write: {
    method: constantFrom("POST"),
    path: constantFrom("/patients"),
    body: constantFrom<unknown>({ firstName: "New", lastName: "Example" }, {})
  }
}

const tagOf = ({ ast }: Schema.Schema.Any): unknown =>
  AST.getPropertySignatures(AST.typeAST(ast)).flatMap(({ name, type }) => (name === "_tag" && AST.isLiteral(type) ? [type.literal] : []))[0]

/** The fields that an action must have. */
const required = (tag: Tag): ReadonlyArray<string> =>
  Fault.Action.members
    .filter((member) => tagOf(member) === tag)
    .flatMap((member) => Object.entries(member.fields))
    .flatMap(([name, field]) => (Schema.isPropertySignature(field) && name !== "_tag" ? [] : [name]))

const acting = (tag: Exclude<Tag, "Latch">): FastCheck.Arbitrary<any> =>
  record({ _tag: FastCheck.constant(tag), ...fields[tag] }, { requiredKeys: required(tag) as never })

const action: FastCheck.Arbitrary<Fault.Action> = oneof(
  { withCrossShrink: true },
  ...(Object.keys(fields) as Array<Exclude<Tag, "Latch">>).map(acting)
)

/** One of the moments at which an action can act, by its number: none said for its own. */
const momentOf = (action: Fault.Action, number: number, afterBytes: number): { readonly at?: Fault.At } => {
  const moments = Fault.momentsOf(action)
  const name = moments[number % moments.length]!
  if (name === "afterBytes") return { at: { afterBytes } }
  return number % moments.length === 0 ? {} : { at: name }
}

const match = (endpoints: ReadonlyArray<Fault.EndpointId> | undefined): FastCheck.Arbitrary<Fault.Match> =>
  record(
    {
      ...(endpoints === undefined ? {} : { endpoint: constantFrom(...endpoints) }),
      nth: integer({ min: 1, max: 8 }),
      times: oneof(integer({ min: 1, max: 3 }), constantFrom("always" as const)),
      page: nat(3),
      token: integer({ min: 1, max: 2 }),
      method: constantFrom("GET" as const, "POST" as const),
      probability: nat(10).map((tenths) => tenths / 10),
      forMillis: nat(60_000)
    },
    { requiredKeys: endpoints === undefined ? [] : ["endpoint"] }
  )

/** Plans of so many faults at most. */
export const faults = (
  endpoints: ReadonlyArray<Fault.EndpointId> | undefined,
  most: number
): FastCheck.Arbitrary<ReadonlyArray<Fault.Fault>> =>
  array(
    FastCheck.tuple(action, nat(3), nat(40_000), match(endpoints)).map(
      ([action, number, afterBytes, match]): Fault.Fault => ({
        ...(Object.keys(match).length === 0 ? {} : { match }),
        ...momentOf(action, number, afterBytes),
        do: action
      })
    ),
    { maxLength: most }
  )
