import Leibniz

extension SVGPlot {
  /// A colour with its red, green and blue components.
  public struct Color: Hashable, Sendable {
    /// The red, green and blue components, each in 0…255.
    public var red, green, blue: UInt8
    /// The opacity, from 0 (invisible) to 1.
    public var opacity: Double

    /// A colour with the given components.
    public init(red: UInt8, green: UInt8, blue: UInt8, opacity: Double = 1) {
      self.red = red
      self.green = green
      self.blue = blue
      self.opacity = opacity
    }

    /// The colour with another opacity.
    public func opacity(_ opacity: Double) -> Color {
      Color(red: red, green: green, blue: blue, opacity: opacity)
    }

    /// Blue, of middle brightness: it shows on white and on black.
    public static let blue = Color(red: 0, green: 57, blue: 225)
    /// Orange, of middle brightness: it shows on white and on black.
    public static let orange = Color(red: 243, green: 123, blue: 0)
    /// Green, of middle brightness: it shows on white and on black.
    public static let green = Color(red: 62, green: 126, blue: 103)
    /// Red, of middle brightness: it shows on white and on black.
    public static let red = Color(red: 175, green: 4, blue: 0)
    /// Purple, of middle brightness: it shows on white and on black.
    public static let purple = Color(red: 96, green: 67, blue: 130)
    /// Teal, of middle brightness: it shows on white and on black.
    public static let teal = Color(red: 17, green: 171, blue: 252)
    /// Pink, of middle brightness: it shows on white and on black.
    public static let pink = Color(red: 242, green: 4, blue: 200)
    /// Olive, of middle brightness: it shows on white and on black.
    public static let olive = Color(red: 143, green: 153, blue: 88)
    /// Grey, as axes and texts are, of middle brightness: it shows on white and on black.
    public static let gray = Color(red: 120, green: 120, blue: 120)

    /// White, for texts on cells of full colour.
    public static let white = Color(red: 255, green: 255, blue: 255)

    /// The colours of lines and points, in this order. They keep apart for colour-blind readers, too.
    public static let palette = [blue, orange, green, red, purple, teal, pink, olive]
  }

  /// The mapping from numbers to the colours of a heat map.
  public enum ColorMap: Sendable {
    /// From dark violet through green to yellow, for numbers on a scale.
    case sequential
    /// One colour for negative numbers, another for positive ones, none for zero.
    case diverging(negative: Color, positive: Color)
    /// None for the smallest number, the full colour for the largest: ink on paper.
    case ink(Color)
    /// The colour of a class by its number 0, 1, …
    case classes([Color])

    /// How many shades there are. Few, because neighbours of one shade share a rectangle.
    private static let shades = 32.0

    /// The colours from the smallest number to the largest, as a scale shows them.
    func samples(_ range: ClosedRange<Double>, count: Int) -> [Color?] {
      (0..<count).map {
        color(range.number(at: Double($0) / Double(max(count - 1, 1))), in: range)
      }
    }

    /// Whether numbers are names of classes, between which nothing lies.
    var isOfClasses: Bool {
      if case .classes = self { true } else { false }
    }

    /// The range that colours run over by default.
    func range(of values: some Sequence<Double>) -> ClosedRange<Double> {
      let finite = values.filter(\.isFinite)
      let low = finite.min() ?? 0
      let high = finite.max() ?? 1
      return switch self {
      case .sequential, .classes: low...high
      case .diverging: -max(-low, high)...max(-low, high)
      case .ink: min(low, 0)...max(high, 0)
      }
    }

    /// The colour of a number, or `nil` if it is invisible.
    func color(_ value: Double, in range: ClosedRange<Double>) -> Color? {
      guard value.isFinite else { return nil }
      if case .classes(let colors) = self {
        guard let index = Int(exactly: value.rounded()), colors.indices.contains(index) else {
          return nil
        }
        return colors[index].opacity(0.25)
      }
      let place = min(max(range.fraction(of: value), 0), 1)
      let shade = (place * ColorMap.shades).rounded() / ColorMap.shades
      switch self {
      case .sequential: return scale(shade)
      case .diverging(let negative, let positive):
        let strength = 2 * shade - 1
        return visible(strength < 0 ? negative : positive, strength.magnitude * 0.5)
      case .ink(let color): return visible(color, shade)
      case .classes: return nil
      }
    }

    private func visible(_ color: Color, _ opacity: Double) -> Color? {
      opacity > 0 ? color.opacity(opacity) : nil
    }

    private func scale(_ place: Double) -> Color {
      let stops = [
        Color(red: 62, green: 24, blue: 98), Color(red: 58, green: 84, blue: 150),
        Color(red: 30, green: 142, blue: 140), Color(red: 98, green: 190, blue: 82),
        Color(red: 248, green: 226, blue: 60),
      ]
      let position = place * Double(stops.count - 1)
      let index = min(Int(position), stops.count - 2)
      let (from, to) = (stops[index], stops[index + 1])
      func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
        UInt8((Double(a) + (Double(b) - Double(a)) * (position - Double(index))).rounded())
      }
      return Color(
        red: mix(from.red, to.red), green: mix(from.green, to.green), blue: mix(from.blue, to.blue))
    }
  }
}
