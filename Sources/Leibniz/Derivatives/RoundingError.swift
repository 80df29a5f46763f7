extension Value {
  /// How far the rounding of all that it was computed from may move the value, to first order: a sum
  /// that cancels is rounded by the size of its terms.
  ///
  /// ε · Σ |∂y/∂v · v| over every number v of the graph below y. With ε four units in the last place,
  /// it covers two evaluations which add up in different orders.
  ///
  /// Source: Linnainmaa, *Taylor expansion of the accumulated rounding error*, BIT 16, 1976.
  ///
  /// - Complexity: O(nodes + edges).
  var roundingError: Double {
    let graph = Graph([self])
    let values = graph.nodes.map { $0.value }
    let derivatives = graph.withIndices { graph.cotangents(of: [self], by: values, seeds: [1.0]) }
    return zip(values, derivatives).reduce(0) { sum, share in
      guard let derivative = share.1 else { return sum }
      return sum + (derivative * share.0.data).magnitude
    } * 4 * .ulpOfOne
  }
}
