/// A form for a single sample, all of it one list: what is uniform is no different from the rest, and no
/// totals are added up, so the first that is added to one is stored.
///
/// The memory is that of what is uniform, then one number for each lane slot. Steps on single numbers,
/// of which formulas without vectors consist, are ``NumberStep``s: their arithmetic takes less time than
/// to look at an ``Instruction`` does.
struct OneSample: Sendable {
  private var steps: [Step] = []
  private var numbers: [NumberStep] = []
  /// How many of the steps on numbers come before each other one, and in all.
  private var numbersBefore: [Int] = []

  init(_ form: Form, keepsOrder: Bool) {
    var list = form.prologue + form.lanes + form.epilogue
    OneSample.storeFirst(&list, totals: form.totals)
    self.init(list, laneSlotsAt: form.uniformSlots, keepsOrder: keepsOrder)
  }

  /// - Parameter start: Where the lane slots begin.
  init(_ list: [Instruction], laneSlotsAt start: Int32, keepsOrder: Bool) {
    for step in Step.steps(of: list, lanes: false, keepsOrder: keepsOrder) {
      if let number = NumberStep(step, laneSlotsAt: start) {
        numbers.append(number)
      } else {
        steps.append(step)
        numbersBefore.append(numbers.count)
      }
    }
    numbersBefore.append(numbers.count)
  }

  /// Makes the first addition to a total a plain result, and writes zeros where that is not possible.
  private static func storeFirst(_ list: inout [Instruction], totals: Range<Int32>) {
    var isStored = [Bool](repeating: false, count: totals.count)
    var isWritten = isStored
    for i in list.indices where list[i].isUniform && totals.contains(list[i].result.base) {
      let counts = list[i].countsOfResult
      var isFirst =
        list[i].accumulates && list[i].opcode != .scatter && list[i].result.isInjective(counts)
      list[i].result.forEachSlot(counts) {
        isFirst = isFirst && !isWritten[$0 - Int(totals.lowerBound)]
      }
      if isFirst { list[i].accumulates = false }
      list[i].result.forEachSlot(counts) {
        let slot = $0 - Int(totals.lowerBound)
        if isFirst { isStored[slot] = true }
        isWritten[slot] = true
      }
    }
    var slot = 0
    while slot < isStored.count {
      let end = isStored[slot...].firstIndex(of: true) ?? isStored.count
      if slot < end {
        let place = Instruction.Operand(totals.lowerBound + Int32(slot), .uniform)
        list.insert(.zeros(at: place, count: Int32(end - slot)), at: 0)
      }
      slot = end + 1
    }
  }

  @inline(__always)
  func run(on machine: Machine) {
    numbers.withUnsafeBufferPointer { numbers in
      steps.withUnsafeBufferPointer { steps in
        var next = 0
        for (i, end) in numbersBefore.enumerated() {
          while next < end {
            numbers[next].run(machine.uniform)
            next += 1
          }
          if i < steps.count { machine.run(steps[i]) }
        }
      }
    }
  }
}

/// A step that makes one number of up to three others, by their places in the memory of one sample.
struct NumberStep: Sendable {
  private enum Operation {
    case copy, product, productAndThird, select
    case unary(UnaryFunction)
    case binary(BinaryFunction)
    case slope(UnaryFunction)
  }

  private let operation: Operation
  private let accumulates: Bool
  private let result: Int32
  private let a: Int32
  private let b: Int32
  private let c: Int32

  /// The same step, if it is one on numbers.
  init?(_ step: Step, laneSlotsAt start: Int32) {
    let instruction = step.instruction
    switch (step.kernel, instruction.opcode) {
    case (.product, _) where instruction.c.isPresent && instruction.b.isPresent:
      operation = .productAndThird
    case (.product, _) where instruction.c.isPresent: return nil
    case (.product, _): operation = instruction.b.isPresent ? .product : .copy
    case (.mapOfOne, .unary(let f)): operation = .unary(f)
    case (.mapOfOne, .binary(let f)): operation = .binary(f)
    case (.mapOfOne, .slope(let f)): operation = .slope(f)
    case (.mapOfOne, _): operation = .select
    default: return nil
    }
    func place(_ operand: Instruction.Operand) -> Int32 {
      operand.isUniform ? max(operand.base, 0) : start + operand.base
    }
    accumulates = instruction.accumulates
    result = place(instruction.result)
    a = place(instruction.a)
    b = place(instruction.b)
    c = place(instruction.c)
  }

  @inline(__always)
  func run(_ memory: UnsafeMutablePointer<Double>) {
    @inline(__always)
    func number(_ place: Int32) -> Double { memory[Int(place)] }
    @inline(__always)
    func put(_ y: Double) { memory[Int(result)] = accumulates ? memory[Int(result)] + y : y }
    let x = number(a)
    switch operation {
    case .copy: put(x)
    case .product: put(x * number(b))
    case .productAndThird: put(x * number(b) + number(c))
    case .unary(let f): put(f.value(x))
    case .binary(let f): put(f.value(x, number(b)))
    case .slope(let f): put((f.derivative(x, number(b)) ?? 0) * number(c))
    case .select:
      put(NaryFunction.select.value(count: 3) { $0 == 0 ? x : number($0 == 1 ? b : c) })
    }
  }
}
