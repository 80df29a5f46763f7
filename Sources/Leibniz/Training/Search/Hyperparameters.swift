/// The values that a setting of a training may have.
///
/// ```swift
/// let rate = HyperparameterRange.logarithmic(1e-4...1e-1)
/// rate.value(at: 0.5)  // 0.00316…: halfway by ratios
/// ```
public enum HyperparameterRange: Equatable, Sendable {
  /// Numbers, all alike.
  case uniform(ClosedRange<Double>)
  /// Positive numbers of which ratios matter, as of learning rates.
  case logarithmic(ClosedRange<Double>)
  /// Whole numbers.
  case integers(ClosedRange<Int>)
  /// Names of alternatives, as of activations. As a number, a choice is its index.
  case choices([String])

  /// The value at a share of the way from the first to the last, 0…1.
  public func value(at share: Double) -> Double {
    switch self {
    case .uniform(let range): range.lowerBound + share * (range.upperBound - range.lowerBound)
    case .logarithmic(let range):
      range.lowerBound * (range.upperBound / range.lowerBound).power(share)
    case .integers(let range): Double(range.lowerBound + index(at: share, of: range.count))
    case .choices(let names): Double(index(at: share, of: names.count))
    }
  }

  /// The share of the way from the first value to the last, 0…1, at which a value stands; halfway where
  /// there is only one.
  package func share(of value: Double) -> Double {
    let (first, last) = (self.value(at: 0), self.value(at: 1))
    guard first < last else { return 0.5 }
    if case .logarithmic = self { return (value / first).log() / (last / first).log() }
    return (value - first) / (last - first)
  }

  private func index(at share: Double, of count: Int) -> Int {
    min(Int(share * Double(count)), count - 1)
  }

  /// Up to `count` values from the first to the last; of choices all.
  func grid(_ count: Int) -> [Double] {
    switch self {
    case .uniform, .logarithmic:
      count == 1
        ? [value(at: 0.5)] : (0..<count).map { value(at: Double($0) / Double(count - 1)) }
    case .integers(let range):
      (0..<min(count, range.count)).map {
        let steps = max(min(count, range.count) - 1, 1)
        return Double(range.lowerBound + ($0 * (range.count - 1) + steps / 2) / steps)
      }
    case .choices(let names): names.indices.map(Double.init)
    }
  }

  /// The value as it is printed.
  package func text(_ value: Double) -> String {
    switch self {
    case .uniform, .logarithmic: value.threeDigits.shortText
    case .integers: "\(Int(value))"
    case .choices(let names): names[Int(value)]
    }
  }

  func check(_ name: String) {
    switch self {
    case .logarithmic(let range):
      require(range.lowerBound > 0, "The range of \(name) is logarithmic, but not positive.")
    case .choices(let names):
      require(!names.isEmpty, "There is nothing to choose from for \(name).")
    case .uniform, .integers: break
    }
  }
}

/// One choice of settings: a value for each name.
///
/// ```swift
/// func network(_ settings: Hyperparameters) -> MLP {
///   MLP(
///     inputs: 2, layers: [settings.integer("hidden"), 3],
///     activation: settings.choice("activation") == "tanh" ? .tanh : .relu, using: &generator)
/// }
/// ```
public struct Hyperparameters: Sendable, CustomStringConvertible {
  let ranges: [(name: String, range: HyperparameterRange)]
  /// The values, in the order of the ranges; choices as their indices.
  public let values: [Double]

  /// The value of a setting.
  ///
  /// - Precondition: there is a setting of that name.
  public subscript(name: String) -> Double { values[place(of: name)] }

  /// The value of a setting that is a whole number.
  public func integer(_ name: String) -> Int { Int(self[name].rounded()) }

  /// The name that was chosen for a setting.
  public func choice(_ name: String) -> String {
    guard case .choices(let names) = ranges[place(of: name)].range else {
      stop("The setting \(name) is a number, not a choice.")
    }
    return names[integer(name)]
  }

  private func place(of name: String) -> Int {
    guard let place = ranges.firstIndex(where: { $0.name == name }) else {
      stop("There is no setting \(name), only \(ranges.map { $0.name }.joined(separator: ", ")).")
    }
    return place
  }

  /// The values as text, in the order of the ranges.
  var texts: [String] { zip(ranges, values).map { $0.range.text($1) } }

  /// `rate 0.01000  hidden 32`.
  public var description: String {
    zip(ranges, texts).map { "\($0.name) \($1)" }.joined(separator: "  ")
  }
}

extension Double {
  /// The number rounded to three digits, as many as tell settings apart.
  fileprivate var threeDigits: Double {
    guard self != 0, isFinite else { return self }
    let places = 2 - (magnitude.log() / 10.0.log()).rounded(.down)
    // A whole power of ten is exact; its reciprocal is not.
    let scale = 10.0.power(places.magnitude)
    return places < 0 ? (self / scale).rounded() * scale : (self * scale).rounded() / scale
  }
}
