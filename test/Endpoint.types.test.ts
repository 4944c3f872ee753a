// @effect-diagnostics floatingEffect:off
/**
 * What does not compile. Each wrong line is marked, so that the type check fails when it becomes right; each wrong call is run as
 * well, for those who call without types.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import * as Codecs from "../src/Codecs.js"
import * as Endpoint from "../src/Endpoint.js"
import * as Pagination from "../src/Pagination.js"
import * as WelkinClient from "../src/WelkinClient.js"
import type * as WelkinError from "../src/WelkinError.js"
import * as Notes from "./support/notes.js"
import * as Scripted from "./support/scripted.js"

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Compiles where the type argument is `true`, and nowhere else. */
const same = <_ extends true>(): void => {}

const client = Scripted.client(() => Effect.dieMessage("a wrong call was sent"))

const refused = (call: Effect.Effect<unknown, WelkinError.WelkinError, WelkinClient.WelkinClient>, places: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(call)
    assert.strictEqual(error._tag, "EncodeError")
    if (error._tag === "EncodeError") assert.sameMembers([...new Set(error.places.map(({ path }) => path))], [...places])
  }).pipe(Effect.provide(client))

const { get, post } = Notes.endpoint
const Body = Schema.Struct({ name: Schema.String })

const two = get("notes.two", "/{tenant}/{instance}/a/{first}/b/{second}", {
  path: { first: Codecs.id("First"), second: Schema.NumberFromString },
  query: { count: Schema.optional(Schema.Int), needed: Schema.String },
  success: Notes.Note
})
const write = post("notes.write", "/{tenant}/{instance}/w", { body: Body })

describe("the facts of an endpoint", () => {
  it("name each slot of its route, and no other", () => {
    // @ts-expect-error: a slot is missing
    get("x", "/{tenant}/a/{first}/b/{second}", { path: { first: Schema.String } })
    // @ts-expect-error: all slots are missing
    get("x", "/a/{first}", {})
    // @ts-expect-error: a slot is misspelt
    get("x", "/a/{first}", { path: { frist: Schema.String } })
    // @ts-expect-error: there is no such slot
    get("x", "/a/{first}", { path: { first: Schema.String, second: Schema.String } })
    // @ts-expect-error: the client fills these
    get("x", "/{tenant}/{instance}/a", { path: { tenant: Schema.String } })
    // @ts-expect-error: a segment is text
    get("x", "/a/{first}", { path: { first: Schema.Number } })
    get("x", "/a/{first}", { path: { first: Schema.NumberFromString } })
  })

  it("are known by name", () => {
    // @ts-expect-error: no such body type
    post("x", "/a", { body: Body, bodyType: "xml" })
    // @ts-expect-error: a download has no body
    Notes.endpoint.download("x", "/a", { body: Body })
  })
})

describe("the input of a call", () => {
  it.effect("has every slot", () =>
    // @ts-expect-error
    refused(two({ needed: "", first: "1" as never }), ["second"])
  )

  it.effect("has no slot that is spelt otherwise", () =>
    // @ts-expect-error
    refused(Notes.get({ noteid: "n-1" }), ["noteid"])
  )

  it.effect("has a value of each slot's own type", () =>
    Effect.gen(function* () {
      // @ts-expect-error: text where a number is due
      yield* refused(two({ needed: "", first: "1" as never, second: "z" }), ["second"])
      // @ts-expect-error: a brand of another kind of id; to the running program it is text
      const wrong = two({ needed: "", first: "1", second: 1 })
      assert.isTrue(Effect.isEffect(wrong))
    })
  )

  it.effect("has no parameter that the route does not have", () =>
    // @ts-expect-error
    refused(Notes.list({ authr: "a" }), ["authr"])
  )

  it.effect("has a value of each parameter's own type", () =>
    // @ts-expect-error
    refused(Notes.list({ author: 1, page: "0" }), ["author", "page"])
  )

  it.effect("has each parameter that is needed", () =>
    // @ts-expect-error
    refused(two({ first: "1" as never, second: 1 }), ["needed"])
  )

  it.effect("has the body where one is due", () =>
    Effect.gen(function* () {
      // @ts-expect-error
      yield* refused(write(), ["body"])
      // @ts-expect-error
      yield* refused(write({}), ["body"])
      // @ts-expect-error
      yield* refused(write({ body: { nme: "" } }), ["body.nme", "body.name"])
      // @ts-expect-error: the fields of a body are not the fields of the input
      yield* refused(write({ name: "" }), ["name"])
    })
  )

  it.effect("has no body where none is due", () =>
    // @ts-expect-error
    refused(Notes.get({ noteId: "n-1", body: {} }), ["body"])
  )

  it.effect("has no tenant", () =>
    // @ts-expect-error
    refused(Notes.list({ tenant: "other" }), ["tenant"])
  )

  it("may be left out where nothing is needed, and only there", () => {
    Notes.list()
    Notes.list({})
    // @ts-expect-error
    Notes.get()
    // @ts-expect-error
    Notes.file()
    // @ts-expect-error
    Endpoint.withResponse(Notes.get)()
    // @ts-expect-error
    Endpoint.raw(Notes.get)()
  })

  it("is flat: slots and parameters side by side, the body under its name", () => {
    same<
      Equal<
        Parameters<typeof two>,
        [
          input: {
            readonly first: string & import("effect/Brand").Brand<"First">
            readonly second: number
            readonly count?: number | undefined
            readonly needed: string
          }
        ]
      >
    >()
    same<Equal<Parameters<typeof write>, [input: { readonly body: { readonly name: string } }]>>()
  })
})

describe("what a call gives", () => {
  it("has the type of the answer, one error type, and one requirement", () => {
    same<Equal<ReturnType<typeof Notes.get>, Effect.Effect<Notes.Note, WelkinError.WelkinError, WelkinClient.WelkinClient>>>()
    same<Equal<ReturnType<typeof Notes.remove>, Effect.Effect<void, WelkinError.WelkinError, WelkinClient.WelkinClient>>>()
    same<Equal<ReturnType<typeof Notes.file>, Stream.Stream<Uint8Array, WelkinError.WelkinError, WelkinClient.WelkinClient>>>()
    const response = Endpoint.withResponse(Notes.get)
    same<Equal<Effect.Effect.Success<ReturnType<typeof response>>, Endpoint.Answer<Notes.Note>>>()
    const raw = Endpoint.raw(Notes.get)
    same<Equal<Effect.Effect.Success<ReturnType<typeof raw>>, unknown>>()
  })

  it("a model shows what is known, so that a misspelt field does not compile", () => {
    const read = (note: Notes.Note) => [
      note.text,
      // @ts-expect-error
      note.txt
    ]
    assert.deepEqual(read({ id: "n-1", text: "a" } as Notes.Note), ["a", undefined])
  })

  it("a route of one's own is typed as well", () => {
    const labs = WelkinClient.request("GET", "/{tenant}/labs/{labId}", { path: { labId: Schema.String }, success: Body })
    same<Equal<ReturnType<typeof labs>, Effect.Effect<{ readonly name: string }, WelkinError.WelkinError, WelkinClient.WelkinClient>>>()
    // @ts-expect-error
    labs()
    // @ts-expect-error
    WelkinClient.request("GET", "/{tenant}/labs/{labId}", { path: { labid: Schema.String } })
    // @ts-expect-error
    WelkinClient.request("FETCH", "/labs", {})
  })
})

describe("a stream of pages", () => {
  const all = Pagination.spring(Notes.list)

  it("takes the call's own input but for what moves from page to page", () => {
    all()
    all({ author: "a", size: 20, position: { page: 3 } })
    // @ts-expect-error: `position` says where to begin
    all({ page: 3 })
    // @ts-expect-error
    all({ authr: "a" })
    same<Equal<Stream.Stream.Success<ReturnType<typeof all>>, Notes.Note>>()
  })

  it("goes with an endpoint of its own style only", () => {
    // @ts-expect-error
    Pagination.metaInfo(Notes.list)
    // @ts-expect-error
    Pagination.cursor(Notes.list)
    // @ts-expect-error
    Pagination.spring(Notes.get)
    // @ts-expect-error: the page is not one level down
    Pagination.spring(Notes.list, { at: "data" })
  })
})
