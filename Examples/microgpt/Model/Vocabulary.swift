/// The characters that a model knows, and the token that marks the beginning and the end of each document.
///
/// ```swift
/// let vocabulary = Vocabulary(of: ["ab", "ca"])
/// try vocabulary.tokens("ab")  // [3, 0, 1, 3]: a, b and c are 0, 1 and 2
/// ```
public struct Vocabulary: Equatable, Sendable {
  /// The characters, each at the place of its token.
  public let characters: [Character]
  private let tokens: [Character: Int]

  /// The characters of some documents, in order.
  public init(of documents: [String]) {
    self.init(characters: Set(documents.joined()).sorted())
  }

  /// The vocabulary of given characters, no two alike.
  public init(characters: [Character]) {
    self.characters = characters
    tokens = Dictionary(uniqueKeysWithValues: zip(characters, 0...))
  }

  /// The token at both ends of a document.
  public var boundary: Int { characters.count }

  /// How many different tokens there are.
  public var count: Int { characters.count + 1 }

  /// The tokens of a text after the boundary before it.
  ///
  /// - Throws: ``TextError/unknownCharacter(_:in:known:)``.
  public func tokens(beginning text: String) throws(TextError) -> [Int] {
    var result = [boundary]
    for character in text {
      guard let token = tokens[character] else {
        throw .unknownCharacter(character, in: text, known: String(characters))
      }
      result.append(token)
    }
    return result
  }

  /// The tokens of a document between two boundaries.
  ///
  /// - Throws: ``TextError/unknownCharacter(_:in:known:)``.
  public func tokens(_ document: String) throws(TextError) -> [Int] {
    try tokens(beginning: document) + [boundary]
  }

  /// The text of tokens, without boundaries.
  public func text(_ tokens: some Sequence<Int>) -> String {
    String(tokens.filter { $0 != boundary }.map { characters[$0] })
  }
}
