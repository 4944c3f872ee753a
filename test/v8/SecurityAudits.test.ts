import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as SecurityAudits from "../../src/v8/SecurityAudits.js"
import { answers } from "../support/answers.js"

describe("SecurityAudits", () => {
  it.effect("changes are read whatever is missing of them, and filters name who did it and to whom", () => {
    const change = { subjectActor: "USER", objectUsername: "grace.h", record: { userId: "u-1", instanceAccesses: [] } }
    const client = answers({ body: { data: [change, {}], metaInfo: { page: 0, lastPage: true } } })
    return Effect.gen(function* () {
      const changes = yield* Stream.runCollect(SecurityAudits.listStream({ subjectActor: "SYSTEM", objectUsername: "grace.h" }))
      assert.deepStrictEqual(Array.from(changes), [change, {}])
      assert.deepStrictEqual(client.sent(), ["GET /acme/admin/audit-security?page=0&size=100&subjectActor=SYSTEM&objectUsername=grace.h"])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a single change without a page around it is an error", () => {
    const client = answers({ body: { subjectActor: "USER", record: null } })
    return Effect.gen(function* () {
      const error = yield* Effect.flip(SecurityAudits.list())
      assert(error._tag === "DecodeError")
      assert.strictEqual(error.reason, "Envelope")
    }).pipe(Effect.provide(client.layer))
  })
})
