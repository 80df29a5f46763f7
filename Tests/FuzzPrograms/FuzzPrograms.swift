import ExampleSupport
import Leibniz
import RandomGraphs

// Compiles random graphs of all rows of the primitive table for as long as one likes, and holds
// programs and their derivatives against eager mode: values, gradients, gradients of gradients and
// products with the Hessian, for batches of 1 to 1000 samples and one to three threads. The checksum of
// so many graphs is that of all bits: it is the same in debug and release builds.

@main
struct FuzzPrograms {
  static func main() {
    runExample {
      var options = Options("FuzzPrograms", "Compares programs of random graphs with eager mode.")
      let seconds = options.number("seconds", default: 10, in: 0...1e9, "how long to go on")
      let first = options.integer("seed", default: 1, "the seed of the first graph")
      let most = options.integer("graphs", default: .max, "how many graphs to compare at the most")
      try options.finish()

      let start = ContinuousClock.now
      var (graphs, samples, wide, findings, checksum) = (0, 0, 0, 0, UInt64(0))
      while graphs < most, ContinuousClock.now - start < .seconds(seconds) {
        let seed = UInt64(first) &+ UInt64(graphs)
        let comparison = try Comparison(seed: seed)
        let found = try comparison.findings()
        for sentence in found.sentences {
          print("seed \(seed), \(comparison.description): \(sentence)")
          findings += 1
        }
        checksum = checksum &* 31 &+ found.checksum
        graphs += 1
        samples += comparison.batch.count
        wide += comparison.wideCount
      }
      print(
        "\(graphs) graphs at \(samples) samples, \(wide) of them far from where they were drawn")
      print("checksum of all numbers: \(String(checksum, radix: 16))")
      if findings > 0 { throw MissedTarget("\(findings) numbers differ from eager mode.") }
    }
  }
}
