/// What is done to a program on its way from a graph to steps, in this order. Each may be left out,
/// and changes no result beyond rounding.
enum Pass: String, CaseIterable, Sendable {
  /// Sums of products become dot products.
  case sumsOfProducts = "sums of products"
  /// Instructions whose results nobody asks for go.
  case deadInstructions = "dead instructions"
  /// What an earlier instruction has computed is not computed again.
  case equalInstructions = "equal instructions"
  /// Neighbours that differ only in where they stand become one.
  case joinedInstructions = "joined instructions"
  /// The first addition to zeros becomes a result.
  case firstStores = "first stores"
  /// The outputs of one call of a custom operation are computed, and differentiated, together.
  case customCalls = "custom calls"
  /// Slots are used again when their numbers are no longer needed.
  case slotReuse = "slot reuse"
}

extension Form {
  /// The form as it is run.
  func lowered(_ passes: Set<Pass>) -> Form {
    var form = self
    form.assertInvariants(after: "differentiation")
    if passes.contains(.deadInstructions) {
      form = DeadInstructions.removed(from: form)
      form.assertInvariants(after: "dead instructions")
    }
    if passes.contains(.equalInstructions) {
      form = EqualInstructions.merged(in: form)
      form.assertInvariants(after: "equal instructions")
    }
    if passes.contains(.joinedInstructions) {
      JoinedInstructions.join(in: &form)
      form.assertInvariants(after: "joined instructions")
    }
    form = FirstStores.made(in: form, zerosOnly: !passes.contains(.firstStores))
    form.assertInvariants(after: "first stores")
    if passes.contains(.customCalls) { form = CustomCalls.joined(in: form) }
    return SlotReuse.applied(to: form, keepsLanes: !passes.contains(.slotReuse))
  }
}
