import * as HttpServerResponse from "@effect/platform/HttpServerResponse"

const refusals = {
  NotPost: [405, "Only POST is taken here.", { allow: "POST" }],
  Unauthorized: [401, "The token is not valid here.", { "www-authenticate": "Bearer" }],
  TooLarge: [413, "The body is too large.", {}],
  TooSlow: [408, "The body did not arrive in time.", {}],
  Malformed: [400, "The body is not what is taken here.", {}],
  Unaccepted: [503, "The notifications were not accepted. Send them again.", {}]
} as const

export type Refusal = keyof typeof refusals

/** The same text for everybody. The rest of the body is not waited for. */
export const refuse = (refusal: Refusal): HttpServerResponse.HttpServerResponse => {
  const [status, text, headers] = refusals[refusal]
  return HttpServerResponse.text(text, { status, headers: { ...headers, connection: "close" } })
}
