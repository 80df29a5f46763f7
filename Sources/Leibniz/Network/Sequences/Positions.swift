/// Adds to each token of a sequence waves that tell where it is.
///
/// Axis 2i of the token at position p gets sin(p / 10000^(2i / width)), axis 2i + 1 the cosine.
///
/// ```swift
/// SinusoidalPositions(width: 2).outputs(for: [0.0, 0.0, 0.0, 0.0])  // [0, 1, 0.8414…, 0.5403…]
/// ```
///
/// Source: Vaswani and others, *Attention is all you need*, 2017.
public struct SinusoidalPositions: Module {
  /// How many numbers a token has.
  public let width: Int

  /// Positions of tokens of a width.
  public init(width: Int) { self.width = width }

  /// None.
  public var tensors: [NamedTensor] { [] }

  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    x.rows(of: width).enumerated().flatMap { position, token in
      token.indices.map { axis in
        let angle = Double(position) / 10_000.0.power(Double(axis / 2 * 2) / Double(width))
        return token[axis] + (axis % 2 == 0 ? angle.sin() : angle.cos())
      }
    }
  }
}

/// Adds to each token of a sequence a learnt vector that tells where it is.
///
/// ```swift
/// let positions = LearntPositions(count: 16, width: 8, using: &generator)  // up to 16 tokens
/// ```
///
/// Source: Gehring and others, *Convolutional sequence to sequence learning*, 2017.
public struct LearntPositions: Module {
  /// One vector for each position.
  public let vectors: Embedding

  /// Vectors of normally distributed numbers.
  @_specialize(where G == SeededGenerator)
  public init<G: RandomNumberGenerator>(
    count: Int, width: Int, standardDeviation: Double = 0.02, using generator: inout G
  ) {
    vectors = Embedding(
      count: count, dimensions: width, standardDeviation: standardDeviation, using: &generator)
  }

  /// `weight` of count × width.
  public var tensors: [NamedTensor] { vectors.tensors }

  /// - Precondition: There are no more tokens than positions.
  @_specialize(where S == Value)
  @_specialize(where S == Double)
  public func outputs<S: NetworkScalar>(for x: [S]) -> [S] {
    x.rows(of: vectors.dimensions).enumerated().flatMap { position, token in
      zip(token, vectors(position) as [S]).map { $0 + $1 }
    }
  }
}
