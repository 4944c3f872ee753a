/**
 * A Welkin to test against. Runs wherever the SDK does.
 *
 * @since 0.1.0
 */

/**
 * Generators for property tests.
 *
 * @since 0.1.0
 */
export * as Arbitraries from "./Arbitraries.js"

/**
 * What goes wrong: faults as data.
 *
 * @since 0.1.0
 */
export * as Fault from "./Fault.js"

/**
 * The simulated service.
 *
 * @since 0.1.0
 */
export * as Simulator from "./Simulator.js"
