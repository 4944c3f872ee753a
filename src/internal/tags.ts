import * as Context from "effect/Context"
import type { Client } from "../Endpoint.js"
import type { Bearer } from "./client.js"

// The tags stand apart from their layers: the token's layer calls an endpoint, and endpoints need the client's tag.

export class WelkinClient extends Context.Tag("effect-welkin/WelkinClient")<WelkinClient, Client>() {}

export class AccessToken extends Context.Tag("effect-welkin/AccessToken")<AccessToken, Bearer>() {}

export class LegacyClient extends Context.Tag("effect-welkin/LegacyClient")<LegacyClient, Client>() {}

export class LegacyToken extends Context.Tag("effect-welkin/LegacyToken")<LegacyToken, Bearer>() {}
