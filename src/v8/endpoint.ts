import * as Endpoint from "../Endpoint.js"
import { WelkinClient } from "../internal/tags.js"

// The constructors of v8's endpoints: every one of them calls through WelkinClient.
export const { del, download, get, patch, post, put } = Endpoint.forClient(WelkinClient, "v8")
