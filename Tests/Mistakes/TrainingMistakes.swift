import Leibniz

extension Mistakes {
  /// Samples, optimisers and sessions used wrongly.
  static let training = [
    Mistake(name: "sample-past-the-end", sentence: "There is no sample 2 among 2.") {
      _ = Samples(count: 2, width: 1)[2]
    },
    Mistake(name: "sample-before-the-start", sentence: "There is no sample -1 among 2.") {
      _ = Samples(count: 2, width: 1)[-1]
    },
    Mistake(
      name: "input-before-the-start",
      sentence: "There is no input -1 in sample 0 of 2 samples of 3 numbers."
    ) { _ = Samples(count: 2, width: 3)[0, -1] },
    Mistake(
      name: "input-of-no-sample",
      sentence: "There is no input 0 in sample 2 of 2 samples of 3 numbers."
    ) { _ = Samples(count: 2, width: 3)[2, 0] },
    Mistake(
      name: "column-past-the-end", sentence: "There is no input 3 in samples of 3 numbers."
    ) { _ = Samples(count: 2, width: 3)[input: 3] },
    Mistake(
      name: "sample-of-another-width", sentence: "Sample 0 has 2 numbers and cannot be set to 1."
    ) {
      var samples = Samples(count: 2, width: 2)
      samples[0] = [1]
    },
    Mistake(name: "samples-not-filled", sentence: "3 numbers cannot fill samples of 2.") {
      _ = Samples(numbers: [1, 2, 3], width: 2)
    },
    Mistake(name: "search-for-nothing", sentence: "A search cannot try 0 settings.") {
      _ = HyperparameterSearch(["rate": .uniform(0...1)], by: .random(0), epochs: 1, seed: 1)
    },
    Mistake(
      name: "parameter-twice",
      sentence: "A parameter is listed twice: it would be changed twice."
    ) {
      let x = Value(1)
      _ = SGD([x, x], learningRate: 1)
    },
    Mistake(
      name: "constant-parameter",
      sentence: "An optimiser can change variables only, not constants or results."
    ) { _ = Adam([.constant(1)]) },
    Mistake(
      name: "session-after-its-end",
      sentence: "The training session is over: the call of withSession has returned."
    ) {
      var kept: TrainingSession?
      SGD([Value(1)], learningRate: 1).withSession { kept = $0 }
      kept!.step()
    },
  ]
}
