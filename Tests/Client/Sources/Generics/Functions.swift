import Foundation
import Leibniz

func wave<T: Scalar>(_ t: T) -> T { (t * t - 0.5 * t + 2) / (t * t + 1) - t }
func waveOfDoubles(_ t: Double) -> Double { (t * t - 0.5 * t + 2) / (t * t + 1) - t }

extension Measurements {
  func measureFunctions() {
    func each(_ name: String, _ generic: (Double) -> Double, byHand: (Double) -> Double) {
      report(
        name, nanoseconds(count) { use(sum { generic(p[$0]) }) },
        byHand: nanoseconds(count) { use(sum { byHand(p[$0]) }) })
    }
    each("a formula over Scalar", { wave($0) }, byHand: { waveOfDoubles($0) })
    each("x.exp()", { $0.exp() }, byHand: { Foundation.exp($0) })
    each("x.sqrt()", { $0.sqrt() }, byHand: { $0.squareRoot() })
    each("x.relu()", { $0.relu() }, byHand: { max($0, 0) })
    each("x.tanh()", { $0.tanh() }, byHand: { Foundation.tanh($0) })
    each("x.sigmoid()", { $0.sigmoid() }, byHand: { 1 / (1 + Foundation.exp(-$0)) })
    each("x.power(2.5)", { $0.power(2.5) }, byHand: { Foundation.pow($0, 2.5) })
    each("x.power(2)", { $0.power(2) }, byHand: { $0 * $0 })
    each("x.leakyReLU()", { $0.leakyReLU() }, byHand: { $0 > 0 ? $0 : 0.01 * $0 })
    each("Activation.relu(x)", { Activation.relu($0) }, byHand: { max($0, 0) })
    each("Activation.tanh(x)", { Activation.tanh($0) }, byHand: { Foundation.tanh($0) })
    each(
      "Double.select", { .select(where: $0 - 0.5, then: $0, else: 1) },
      byHand: { $0 > 0.5 ? $0 : 1 })
    report(
      "Double.sum", nanoseconds(count) { use(Double.sum(p)) },
      byHand: nanoseconds(count) { use(p.reduce(0, +)) })
    report(
      "Double.dot", nanoseconds(count) { use(Double.dot(p, e)) },
      byHand: nanoseconds(count) { use(sum { p[$0] * e[$0] }) })
    report(
      "Double.logSumExp", nanoseconds(count) { use(Double.logSumExp(p)) },
      byHand: nanoseconds(count) { use(Foundation.log(sum { Foundation.exp(p[$0]) })) })
    report(
      "softmax", nanoseconds(count) { use(softmax(p)) },
      byHand: nanoseconds(count) {
        let total = sum { Foundation.exp(p[$0]) }
        use(p.map { Foundation.exp($0) / total })
      })
    report(
      "a formula on dual numbers",
      nanoseconds(count) { use(sum { wave(Dual(p[$0], tangent: 1)).tangent }) }, atMost: 60)
    report(
      "derivative by dual numbers",
      nanoseconds(count) { use(sum { derivative(at: p[$0]) { (t: Dual) in wave(t) } }) },
      atMost: 250)
    report(
      "rungeKutta4, a number of the state",
      nanoseconds(4 * 256) {
        var y = [0.1, 0.2, 0.3, 0.4]
        for _ in 0..<256 {
          y = rungeKutta4(y, step: 0.01) { y in [y[1], -y[0], y[3], -y[2]] }
        }
        use(y)
      }, atMost: 400)
  }
}
