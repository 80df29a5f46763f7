import Leibniz
import LeibnizTools

/// A formula's graph as the page shows it: laid out, with its numbers, step by step forwards and
/// backwards.
public final class GraphLesson {
  private let formula: ParsedFormula
  private var picture: GraphPicture

  /// The nodes of the graph, each after its children.
  var listing: GraphListing { picture.listing }

  /// - Throws: ``FormulaError``.
  public init(_ text: String, number: @escaping (_ name: String) -> Double) throws(FormulaError) {
    formula = try ParsedFormula(text, number: number)
    for variable in formula.variables { variable.zeroGrad() }
    formula.output.backward()
    picture = GraphPicture(formula.output, isStacked: true)
  }

  /// The names of the variables, in the order in which they are met.
  public var variables: [Value] { formula.variables }

  /// Gives a variable another number and computes everything anew.
  public func set(_ variable: Int, to number: Double) {
    variables[variable].data = number
    formula.output.recompute()
    for variable in variables { variable.zeroGrad() }
    formula.output.backward()
    picture = GraphPicture(formula.output, isStacked: true)
  }

  /// The slope of the formula by nudging a variable by h to both sides.
  public func nudgedSlope(_ variable: Int) -> Double {
    let variable = variables[variable]
    let x = variable.data
    let h = 1e-5 * max(1, x.magnitude)
    func output(at number: Double) -> Double {
      variable.data = number
      formula.output.recompute()
      return formula.output.data
    }
    let slope = (output(at: x + h) - output(at: x - h)) / (2 * h)
    _ = output(at: x)
    return slope
  }

  /// What a node hands to one of its children in the backward pass.
  public struct Share: Equatable {
    /// The child's place among the nodes.
    public let child: Int
    /// ∂node/∂child at the present numbers.
    public let localDerivative: Double
    /// The local derivative times the node's gradient.
    public let amount: Double
    /// The child's gradient with this share and those before it.
    public let total: Double
  }

  /// The backward pass, node by node: each operation with what it hands to its children.
  public var backwardSteps: [(node: Int, shares: [Share])] {
    let entries = picture.listing.entries
    var totals = [Double](repeating: 0, count: entries.count)
    totals[entries.count - 1] = 1
    return entries.indices.reversed().compactMap { node in
      guard entries[node].caption != nil else { return nil }
      let slopes = entries[node].localDerivatives
      let shares = zip(entries[node].children, slopes).map { child, slope in
        let amount = slope * totals[node]
        totals[child] += amount
        return Share(child: child, localDerivative: slope, amount: amount, total: totals[child])
      }
      return (node, shares)
    }
  }

  /// Everything that the page draws, as JSON.
  public var json: String {
    JSON.object([
      ("width", JSON.number(picture.size.width)), ("height", JSON.number(picture.size.height)),
      ("nodes", JSON.list(picture.listing.entries.indices.map(node))),
      (
        "variables",
        JSON.list(
          variables.enumerated().map { index, variable in
            JSON.object([
              ("name", JSON.text(variable.label)), ("data", JSON.number(variable.data)),
              ("grad", JSON.number(variable.grad)),
              ("nudged", JSON.number(nudgedSlope(index))),
            ])
          })
      ),
      (
        "backward",
        JSON.list(
          backwardSteps.map { step in
            JSON.object([
              ("node", "\(step.node)"),
              (
                "shares",
                JSON.list(
                  step.shares.map {
                    JSON.object([
                      ("child", "\($0.child)"), ("slope", JSON.number($0.localDerivative)),
                      ("amount", JSON.number($0.amount)), ("total", JSON.number($0.total)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }

  private func node(_ index: Int) -> String {
    let entry = picture.listing.entries[index]
    var fields = [
      ("label", JSON.text(entry.value.label)), ("data", JSON.number(entry.value.data)),
      ("grad", JSON.number(entry.value.grad)),
      ("constant", entry.value.isConstant ? "true" : "false"),
      ("x", JSON.number(picture.boxes[index].x)), ("y", JSON.number(picture.boxes[index].y)),
      ("lines", "\(picture.fields[index].count)"),
      (
        "width",
        JSON.number(
          picture.fields[index].reduce(GraphPicture.stackedWidth) {
            max($0, GraphPicture.width(of: $1))
          })
      ),
      ("children", JSON.list(entry.children.map { "\($0)" })),
      ("operands", JSON.list(picture.operands[index].map { JSON.text(GraphPicture.curve($0)) })),
      (
        "bends",
        JSON.list(
          picture.operands[index].map { path in
            let (start, end) = (path[path.count - 2], path[path.count - 1])
            return JSON.list([
              JSON.number((start.x + end.x) / 2), JSON.number((start.y + end.y) / 2),
            ])
          })
      ),
    ]
    if let caption = entry.caption, let circle = picture.circles[index],
      let result = picture.results[index]
    {
      fields += [
        ("operation", JSON.text(caption)), ("result", JSON.text(GraphPicture.curve(result))),
        ("circleX", JSON.number(circle.x)), ("circleY", JSON.number(circle.y)),
        ("circleWidth", JSON.number(GraphPicture.circleWidth(caption))),
      ]
    }
    return JSON.object(fields)
  }
}
