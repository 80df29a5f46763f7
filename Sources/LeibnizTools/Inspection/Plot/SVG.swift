import Leibniz

/// Drawing in the Scalable Vector Graphics format, element after element.
struct SVG {
  private(set) var elements = ""

  enum Anchor: String {
    case start, middle, end
  }

  typealias Point = (x: Double, y: Double)

  struct Rectangle {
    var x, y, width, height: Double
  }

  /// Rectangles whose edges are not blurred, so that neighbours leave no seam.
  mutating func rectangles(_ rectangles: [Rectangle], fill: SVGPlot.Color) {
    let outlines = rectangles.map {
      "M\(n($0.x)) \(n($0.y))h\(n($0.width))v\(n($0.height))h\(n(-$0.width))z"
    }
    element("path", "d='\(outlines.joined())' \(paint(fill)) shape-rendering='crispEdges'")
  }

  mutating func circle(x: Double, y: Double, radius: Double, fill: SVGPlot.Color) {
    element("circle", "cx='\(n(x))' cy='\(n(y))' r='\(n(radius))' \(paint(fill))")
  }

  /// A circle that is white within.
  mutating func ring(at center: Point, radius: Double, _ color: SVGPlot.Color) {
    element(
      "circle",
      "cx='\(n(center.x))' cy='\(n(center.y))' r='\(n(radius))' \(paint(.white)) "
        + "\(paint(color, "stroke")) stroke-width='2'")
  }

  /// The inside of a line that ends where it begins.
  mutating func area(_ outline: [Point], fill: SVGPlot.Color) {
    let points = outline.map { "\(n($0.x)) \(n($0.y))" }.joined(separator: "L")
    element("path", "d='M\(points)z' \(paint(fill))")
  }

  /// Lines through the points of each part.
  mutating func path(
    _ parts: [[Point]], stroke: SVGPlot.Color, width: Double = 1, style: SVGPlot.LineStyle = .solid
  ) {
    let dashes =
      switch style {
      case .solid: ""
      case .dashed: " stroke-dasharray='6 4'"
      case .dotted: " stroke-dasharray='0.1 5' stroke-linecap='round'"
      }
    let moves = parts.filter { !$0.isEmpty }.map { part in
      "M" + part.map { "\(n($0.x)) \(n($0.y))" }.joined(separator: "L")
    }
    guard !moves.isEmpty else { return }
    element(
      "path",
      "d='\(moves.joined())' fill='none' \(paint(stroke, "stroke")) stroke-width='\(n(width))' "
        + "stroke-linejoin='round'\(dashes)")
  }

  /// A text whose middle height is at y; `turned` reads upwards.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .middle, size: Double = 11,
    color: SVGPlot.Color = .gray, isBold: Bool = false, turned: Bool = false
  ) {
    guard !text.isEmpty else { return }
    let weight = isBold ? " font-weight='600'" : ""
    let turn = turned ? " transform='rotate(-90 \(n(x)) \(n(y)))'" : ""
    elements +=
      "<text x='\(n(x))' y='\(n(y))' dy='.35em' text-anchor='\(anchor.rawValue)' "
      + "font-size='\(n(size))' \(paint(color))\(weight)\(turn)>\(SVG.escaped(text))</text>\n"
  }

  /// Another drawing, cut off at the edges of a rectangle.
  mutating func inset(x: Double, y: Double, width: Double, height: Double, _ drawing: SVG) {
    elements +=
      "<svg x='\(n(x))' y='\(n(y))' width='\(n(width))' height='\(n(height))'>\n"
      + drawing.elements + "</svg>\n"
  }

  /// Another drawing, moved.
  mutating func group(x: Double, y: Double, _ drawing: SVG) {
    elements += "<g transform='translate(\(n(x)) \(n(y)))'>\n\(drawing.elements)</g>\n"
  }

  /// The whole file.
  func document(width: Double, height: Double) -> String {
    "<svg xmlns='http://www.w3.org/2000/svg' width='\(n(width))' height='\(n(height))' "
      + "viewBox='0 0 \(n(width)) \(n(height))' font-family='system-ui, sans-serif'>\n"
      + elements + "</svg>\n"
  }

  private mutating func element(_ name: String, _ attributes: String) {
    elements += "<\(name) \(attributes)/>\n"
  }

  private func paint(_ color: SVGPlot.Color, _ attribute: String = "fill") -> String {
    let light = [color.red, color.green, color.blue].map { part in
      "\(part < 16 ? "0" : "")\(String(part, radix: 16))"
    }.joined()
    let opacity = color.opacity < 1 ? " \(attribute)-opacity='\(n(color.opacity))'" : ""
    return "\(attribute)='#\(light)'\(opacity)"
  }

  /// A coordinate to a hundredth of a pixel.
  private func n(_ x: Double) -> String {
    let place = x.isNaN ? 0 : min(max(x, -1e6), 1e6)
    return ((place * 100).rounded() / 100 + 0).shortText
  }

  /// About how wide a text is, in the wider of the usual fonts.
  static func width(of text: String, size: Double = 11) -> Double {
    let wide = text.count { "mwMW%@—".contains($0) }
    return size * (0.62 * Double(text.count) + 0.33 * Double(wide))
  }

  /// The text as markup; characters that XML cannot hold become spaces.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case _ where scalar.isUnfitForXML: escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Unicode.Scalar {
  /// Whether XML forbids or discourages the character: controls, U+FFFE and U+FFFF.
  var isUnfitForXML: Bool {
    properties.generalCategory == .control || value == 0xFFFE || value == 0xFFFF
  }
}
