/**
 * Receives what Welkin sends of its own accord, the notifications of the legacy API, and reads what they tell of.
 *
 * @since 0.1.0
 */
export * as Exchange from "./Exchange.js"
export * as Marks from "./Marks.js"
export * as Notifications from "./Notifications.js"
export * as Pull from "./Pull.js"
export * as Receiver from "./Receiver.js"
export * as Signing from "./Signing.js"
