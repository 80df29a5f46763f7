/// A learnt vector for each item of a vocabulary, looked up by index.
///
/// ```swift
/// let embedding = Embedding(count: 27, dimensions: 16, using: &generator)
/// let vector: [Value] = embedding(3)
/// ```
///
/// As a ``Module`` it takes numbers that are indices, as tokens are, and gives their vectors one after
/// the other: `embedding([2, 0])` is the vector of 2, then that of 0. Indices may be inputs of a
/// program.
///
/// Source: Bengio, Ducharme, Vincent and Jauvin, *A neural probabilistic language model*, 2003.
public struct Embedding: Module {
  /// One vector for each item.
  public let vectors: [[Value]]

  /// Vectors of normally distributed numbers.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(
    count: Int, dimensions: Int, standardDeviation: Double = 1, using generator: inout G
  ) {
    require(
      count >= 0 && dimensions >= 0,
      "An embedding cannot have \(count) vectors of \(dimensions) numbers.")
    vectors = (0..<count).map { _ in
      (0..<dimensions).map { _ in Value(standardDeviation * generator.normal()) }
    }
  }

  /// How many numbers a vector has.
  public var dimensions: Int { vectors.first?.count ?? 0 }

  /// `weight` of count × dimensions.
  public var tensors: [NamedTensor] {
    [
      NamedTensor(
        "weight", shape: [vectors.count, dimensions], vectors.flatMap { $0 })
    ]
  }

  /// The vector of the item with an index.
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func callAsFunction<S: NetworkScalar>(_ number: Int) -> [S] {
    require(
      vectors.indices.contains(number),
      "There is no vector \(number) in an embedding of \(counted(vectors.count, "vector")).")
    return vectors[number].map(S.lift)
  }

  /// The vectors of the items with the given indices, one after the other.
  ///
  /// - Precondition: each is a whole number from 0 up to the number of vectors.
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for numbers: [S]) -> [S] {
    numbers.flatMap { number in
      if let known = number.knownNumber, let known = Int(exactly: known) {
        return self(known) as [S]
      }
      return (vectors.first ?? []).indices.map { axis in
        S.lookup(vectors.map { .lift($0[axis]) }, at: number)
      }
    }
  }
}
