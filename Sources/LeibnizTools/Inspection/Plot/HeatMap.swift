import Leibniz

/// A field of coloured cells in a plot.
struct HeatMap: Sendable {
  let rows: [[Double]]
  let x, y: ClosedRange<Double>
  let colors: SVGPlot.ColorMap
  let range: ClosedRange<Double>
  let label: String

  /// A rectangle of cells, in the plot's coordinates.
  struct Block {
    let x, y: ClosedRange<Double>
  }

  /// The cells of each colour; neighbours of one colour in a row are one block, which keeps files
  /// small.
  var blocks: [(color: SVGPlot.Color, blocks: [Block])] {
    var blocks: [(color: SVGPlot.Color, blocks: [Block])] = []
    var places: [SVGPlot.Color: Int] = [:]
    for (i, row) in rows.enumerated() {
      let band = part(i...(i + 1), of: rows.count, in: y)
      let shades = row.map { colors.color($0, in: range) }
      var start = 0
      while start < row.count {
        let end = shades[start...].firstIndex { $0 != shades[start] } ?? row.count
        if let color = shades[start] {
          let place = places[color, default: blocks.count]
          if place == blocks.count { blocks.append((color, [])) }
          places[color] = place
          blocks[place].blocks.append(Block(x: part(start...end, of: row.count, in: x), y: band))
        }
        start = end
      }
    }
    return blocks
  }

  private func part(
    _ cells: ClosedRange<Int>, of count: Int, in range: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    let ends = [cells.lowerBound, cells.upperBound].map {
      range.number(at: Double($0) / Double(count))
    }
    // An infinite range has no parts, and no place in a picture.
    return ends.allSatisfy(\.isFinite) ? min(ends[0], ends[1])...max(ends[0], ends[1]) : range
  }
}
