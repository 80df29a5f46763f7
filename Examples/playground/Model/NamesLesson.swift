import Leibniz
import MicroGPTModel

/// A GPT that learns to make up names, as the page shows it.
public final class NamesLesson {
  private let model: GPT
  private let training: Training
  private var generator = SeededGenerator(seed: 3)

  /// The 26 letters; then the token that stands before and after each name.
  public static let boundary = 26

  /// - Parameters:
  ///   - names: letters from a to z, one name after the other, with one other byte in between.
  ///   - steps: after how many steps the learning rate is zero.
  public init(names: [UInt8], steps: Int, seed: UInt64) {
    var drawn = SeededGenerator(seed: seed)
    model = GPT(GPT.Size(vocabulary: NamesLesson.boundary + 1), using: &drawn)
    let size = model.size
    var documents = names.split { !(97...122).contains($0) }.map { name in
      let letters = name.prefix(size.context - 1).map { Int($0) - 97 }
      return ([NamesLesson.boundary] + letters + [NamesLesson.boundary])[...]
    }
    documents.shuffle(using: &drawn)
    var settings = Training.Settings()
    settings.steps = steps
    training = Training(of: model, on: documents.map { [$0] }, settings)
  }

  /// How many steps were made.
  public var steps: Int { training.step }

  /// Learns from one name and gives its loss: the mean surprise at each letter, in nats. `nil` when all
  /// steps are made.
  public func step() throws(ProgramError) -> Double? {
    training.step < training.settings.steps ? try training.advance() : nil
  }

  /// The probabilities of the next letter after those given, and of the end.
  public func nextLetter(after letters: [UInt8]) -> [Double] {
    training.writeBack()
    var cache: GPT.Cache<Double> = model.cache()
    var logits: [Double] = []
    for token in tokens(letters) { logits = model(token, &cache) }
    return softmax(logits)
  }

  /// What weight the last token gives to each of those given, head by head.
  public func attention(to letters: [UInt8]) -> [[Double]] {
    training.writeBack()
    return model.attentionWeights(tokens(letters)).map { $0[$0.count - 1] }
  }

  /// A name that the model makes up.
  public func sample(temperature: Double) -> [UInt8] {
    training.writeBack()
    let start = [NamesLesson.boundary]
    let name =
      try? model.sample(
        after: start, boundary: NamesLesson.boundary, temperature: temperature, using: &generator)
    return (name ?? start).dropFirst().map { UInt8($0 + 97) }
  }

  private func tokens(_ letters: [UInt8]) -> [Int] {
    [NamesLesson.boundary]
      + letters.filter { (97...122).contains($0) }.prefix(model.size.context - 1)
      .map { Int($0) - 97 }
  }
}
