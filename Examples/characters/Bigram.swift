import Foundation

/// How often each token follows each: the simplest language model, by counting.
struct Bigram {
  private let probabilities: [[Double]]

  /// Counts pairs, each with one more than there are, so that none is impossible.
  init(_ documents: [[Int]], vocabulary: Int) {
    var counts = Array(repeating: Array(repeating: 1.0, count: vocabulary), count: vocabulary)
    for document in documents {
      for (token, next) in zip(document, document.dropFirst()) { counts[token][next] += 1 }
    }
    probabilities = counts.map { row in
      let sum = row.reduce(0, +)
      return row.map { $0 / sum }
    }
  }

  /// The mean cross-entropy of the tokens after the first.
  func loss(_ document: ArraySlice<Int>) -> Double {
    let losses = zip(document, document.dropFirst()).map { -log(probabilities[$0][$1]) }
    return losses.reduce(0, +) / Double(losses.count)
  }
}
