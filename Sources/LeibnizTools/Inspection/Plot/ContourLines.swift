import Leibniz

/// The lines along which a field of numbers has certain levels.
///
/// Source: Lorensen and Cline, *Marching cubes*, 1987, in two dimensions.
struct ContourLines: Sendable {
  let rows: [[Double]]
  let x, y: ClosedRange<Double>
  let levels: [Double]

  /// The lines of a level in the plot's coordinates; a closed one ends where it begins.
  func lines(at level: Double) -> [[SVGPlot.Point]] {
    var neighbours: [Crossing: [Crossing]] = [:]
    for (from, to) in segments(at: level) {
      neighbours[from, default: []].append(to)
      neighbours[to, default: []].append(from)
    }
    var lines: [[Crossing]] = []
    // Lines that end at the border of the field first; what is left are closed ones.
    let order = neighbours.keys.sorted()
    for start in order.filter({ neighbours[$0]!.count == 1 }) + order {
      var line = [start]
      while let next = neighbours[line.last!]?.popLast() {
        neighbours[next]?.removeAll { $0 == line.last! }
        line.append(next)
      }
      if line.count > 1 { lines.append(line) }
    }
    return lines.map { $0.map { point($0, at: level) } }
  }

  /// Where a line crosses the side between two neighbouring numbers of the field.
  private struct Crossing: Hashable, Comparable {
    let row, column: Int
    let isVertical: Bool

    static func < (a: Crossing, b: Crossing) -> Bool {
      (a.row, a.column, a.isVertical ? 1 : 0) < (b.row, b.column, b.isVertical ? 1 : 0)
    }
  }

  /// The parts of the lines within each square of four neighbouring numbers.
  private func segments(at level: Double) -> [(Crossing, Crossing)] {
    var segments: [(Crossing, Crossing)] = []
    for row in 0..<max(rows.count - 1, 0) {
      for column in 0..<max(rows[row].count - 1, 0) {
        let corners = [
          rows[row][column], rows[row][column + 1], rows[row + 1][column + 1],
          rows[row + 1][column],
        ]
        guard corners.allSatisfy(\.isFinite) else { continue }
        let sides = [
          Crossing(row: row, column: column, isVertical: false),
          Crossing(row: row, column: column + 1, isVertical: true),
          Crossing(row: row + 1, column: column, isVertical: false),
          Crossing(row: row, column: column, isVertical: true),
        ]
        let isAbove = corners.map { $0 > level }
        let crossed = (0..<4).filter { isAbove[$0] != isAbove[($0 + 1) % 4] }
        switch crossed.count {
        case 2: segments.append((sides[crossed[0]], sides[crossed[1]]))
        case 4:
          // A saddle: the mean tells which of the two opposite corners are one region.
          let isMeanAbove = corners.reduce(0) { $0 + $1 / 4 } > level
          let first = isMeanAbove == isAbove[0] ? 0 : 3
          segments.append((sides[first], sides[(first + 1) % 4]))
          segments.append((sides[(first + 2) % 4], sides[(first + 3) % 4]))
        default: break
        }
      }
    }
    return segments
  }

  private func point(_ crossing: Crossing, at level: Double) -> SVGPlot.Point {
    let (row, column) = (crossing.row, crossing.column)
    let from = rows[row][column]
    let to = crossing.isVertical ? rows[row + 1][column] : rows[row][column + 1]
    let fraction = (min(from, to)...max(from, to)).fraction(of: level)
    let part = from < to ? fraction : 1 - fraction
    func middle(_ place: Double, of count: Int, in range: ClosedRange<Double>) -> Double {
      range.number(at: (place + 0.5) / Double(count))
    }
    return SVGPlot.Point(
      x: middle(Double(column) + (crossing.isVertical ? 0 : part), of: rows[row].count, in: x),
      y: middle(Double(row) + (crossing.isVertical ? part : 0), of: rows.count, in: y))
  }
}
