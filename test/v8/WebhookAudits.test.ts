import { assert, describe, it } from "@effect/vitest"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { PatientId } from "../../src/v8/Patients.js"
import * as WebhookAudits from "../../src/v8/WebhookAudits.js"
import { answers } from "../support/answers.js"
import { tagAndPlaces } from "../support/places.js"

const webhook = { name: "wh-crm", url: "https://hooks.example/welkin", headers: [], queryParameters: [] }

const failed = {
  id: "a-1",
  sentAt: "2030-01-02T03:04:05.006Z",
  eventEntity: "CDT",
  eventSubtype: "CDT_CREATED",
  instance: "demo",
  status: "FAILED",
  record: webhook
}

const page = (...data: ReadonlyArray<unknown>) => ({ body: { data, metaInfo: { page: 0, lastPage: true } } })

describe("WebhookAudits", () => {
  it.effect("attempts without an answer and of old webhooks are read, and a status nobody knew", () => {
    const payload = { customFields: [], predefinedFields: ["URL", "ADDED_LATER"] }
    const answered = { ...failed, id: "a-2", statusCode: "I_AM_A_TEAPOT", response: "", patientId: "p-1", record: { ...webhook, payload } }
    const client = answers(page(failed, answered))
    return Effect.gen(function* () {
      const { data } = yield* WebhookAudits.list()
      const sentAt = DateTime.unsafeMake(failed.sentAt)
      assert.deepStrictEqual<ReadonlyArray<unknown>>(data, [
        { ...failed, sentAt },
        { ...answered, sentAt }
      ])
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("the number of a status, or a changed object in the place of the webhook, is refused", () => {
    const client = answers(page({ ...failed, statusCode: 500 }), page({ ...failed, record: { id: "r-1", jsonBody: {} } }))
    return Effect.gen(function* () {
      assert.include(tagAndPlaces(yield* Effect.flip(WebhookAudits.list())), "data.0.statusCode")
      assert.include(tagAndPlaces(yield* Effect.flip(WebhookAudits.list())), "data.0.record.url")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("both names of a filter reach the server, and an event nobody knew may be asked for", () => {
    const client = answers(page())
    return Effect.gen(function* () {
      yield* WebhookAudits.list({ entity: "CDT", eventEntity: "CDT", eventSubtype: "ADDED_LATER", patientId: PatientId.make("p-1") })
      assert.deepStrictEqual(client.sent(), [
        "GET /acme/admin/audit-webhook?eventSubtype=ADDED_LATER&entity=CDT&eventEntity=CDT&patientId=p-1"
      ])
    }).pipe(Effect.provide(client.layer))
  })
})
