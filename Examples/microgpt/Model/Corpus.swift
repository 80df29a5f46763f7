import Foundation
import Leibniz
import LeibnizTools

/// Documents to learn from, and the characters they are made of.
public struct Corpus: Sendable {
  /// The texts, one for each document.
  public let documents: [String]
  /// The tokens of each document, boundaries included.
  public let tokens: [[Int]]
  /// What the tokens mean.
  public let vocabulary: Vocabulary

  /// - Parameter vocabulary: that of a model trained before; by default the documents' characters.
  /// - Throws: ``TextError`` where a document has a character that the vocabulary lacks.
  public init(_ documents: [String], vocabulary: Vocabulary? = nil) throws(TextError) {
    let vocabulary = vocabulary ?? Vocabulary(of: documents)
    var tokens: [[Int]] = []
    for document in documents { tokens.append(try vocabulary.tokens(document)) }
    self.documents = documents
    self.tokens = tokens
    self.vocabulary = vocabulary
  }

  /// Names of two to four random syllables.
  static func ofSyllables<G: RandomNumberGenerator>(
    count: Int, using generator: inout G
  ) -> Corpus {
    func letter(of letters: String) -> String {
      String(letters.randomElement(using: &generator)!)
    }
    let names = (0..<count).map { _ in
      (0..<Int.random(in: 2...4, using: &generator))
        .map { _ in letter(of: "bdfghklmnprstvz") + letter(of: "aeiou") }.joined()
    }
    do {
      return try Corpus(names)
    } catch {
      preconditionFailure(error.description)  // the vocabulary is made of these very names
    }
  }

  /// The lines of a file that are not blank.
  ///
  /// - Throws: `FileError` if the file cannot be read, is not UTF-8, has no such line, or has a
  ///   character that the vocabulary lacks.
  public init(contentsOf path: String, vocabulary: Vocabulary? = nil) throws(FileError) {
    let documents = try Corpus.documents(of: path)
    do {
      try self.init(documents, vocabulary: vocabulary)
    } catch {
      throw FileError.malformed(path: path, line: nil, reason: error.description)
    }
  }

  private static func documents(of path: String) throws(FileError) -> [String] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw FileError.unreadable(path: path, reason: error.localizedDescription)
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw FileError.malformed(path: path, line: nil, reason: "the bytes are not UTF-8 text")
    }
    let documents = text.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    guard !documents.isEmpty else {
      throw FileError.malformed(path: path, line: nil, reason: "there is no document in the file")
    }
    return documents
  }

  /// Batches of documents of one length, in a random order.
  ///
  /// A compiled program is made for one length; equal lengths leave no lane idle and need no
  /// padding. With `size` 1 this is the documents in a random order. What does not fit the context
  /// is cut off.
  public func batches<G: RandomNumberGenerator>(
    of size: Int, context: Int, using generator: inout G
  ) -> [[ArraySlice<Int>]] {
    let documents = tokens.shuffled(using: &generator).map { $0.prefix(context + 1) }
    let byLength = Dictionary(grouping: documents, by: \.count).sorted { $0.key < $1.key }
    let batches = byLength.flatMap { _, documents in
      stride(from: 0, to: documents.count, by: size).map { start in
        Array(documents[start..<min(start + size, documents.count)])
      }
    }
    return batches.shuffled(using: &generator)
  }
}
