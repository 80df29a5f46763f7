/// A text that a model cannot read.
public enum TextError: Error, Equatable, CustomStringConvertible {
  /// The model was trained without this character.
  case unknownCharacter(Character, in: String, known: String)
  /// The model cannot look back so far.
  case promptTooLong(length: Int, limit: Int)

  /// What was expected and what was found.
  public var description: String {
    switch self {
    case .unknownCharacter(let character, let text, let known):
      "'\(character)' in '\(text)' is not one of the characters of the training data: \(known)"
    case .promptTooLong(let length, let limit):
      "a prompt of \(length) characters is too long: the context leaves room for \(limit)"
    }
  }
}
