extension SourceFile {
  /// Declarations, which other files can have alone, then definitions.
  func c(_ values: Form, _ gradient: Form?) -> String {
    let functions =
      [function(values, isGradient: false)]
      + (gradient.map { [function($0, isGradient: true)] } ?? [])
    let body = functions.map { "\n" + $0.definition }.joined()
    let results = gradient.map { gradient in
      """

       *   \(name)_gradient gives the mean of the output over the samples, and writes its derivatives\
      \(gradient.ports.parameterGradients == nil ? "" : "\n *     with respect to the parameters, in their order")\
      \(gradient.ports.inputGradients == nil ? "" : "\n *     with respect to the inputs, laid out as the samples are")
      """
    }
    var declarations = ""
    var numbers = ""
    if !parameters.isEmpty {
      let array = "const \(real) \(name)_parameters[\(parameters.count)]"
      declarations = "/* The parameters' numbers. */\nextern \(array);\n"
      numbers = "\n\(array) = {\n\(self.numbers("  "))\n};\n"
    }
    declarations += "size_t \(name)_workspace(void);\n" + functions.map { "\($0.head);\n" }.joined()
    return """
      /* \(name): a program that Leibniz wrote. C11 or C++, no dependencies; link with -lm.
       *
      \(description.map { " *   \($0)" }.joined(separator: "\n"))
       *
       *   \(name)_values writes the outputs for n samples.\(results ?? "")
       *   workspace: \(capitals)_WORKSPACE numbers, for one call at a time.
       *
       * n is 1 at least. \(capitals)_BLOCK samples are computed together, \(capitals)_LANES in each inner loop:
       * define both as 1 where memory is short. Another file that calls the functions has their
       * declarations by
       *
       *   #define \(capitals)_DECLARATIONS
       *   #include "\(name).c"
       */
      #include <stddef.h>

      #ifndef \(capitals)_LANES
      #define \(capitals)_LANES 8
      #endif
      #ifndef \(capitals)_BLOCK
      #define \(capitals)_BLOCK (8 * \(capitals)_LANES)
      #endif
      #define \(capitals)_WORKSPACE (\(workspace([values] + (gradient.map { [$0] } ?? []))))

      #ifdef __cplusplus
      extern "C" {
      #endif
      \(declarations)#ifdef __cplusplus
      }
      #endif

      #ifndef \(capitals)_DECLARATIONS
      #include <math.h>
      #include <string.h>

      typedef \(real) real;
      \(numbers)
      size_t \(name)_workspace(void) { return \(capitals)_WORKSPACE; }
      \(helpers(for: body))\(body)
      #endif

      """
  }

  /// How many numbers the larger of the functions needs beside its arguments.
  private func workspace(_ forms: [Form]) -> String {
    let sizes = forms.map { "\($0.laneSlots) * \(capitals)_BLOCK + \($0.uniformSlots)" }
    guard let last = sizes.last, sizes[0] != last else { return sizes[0] }
    return "\(sizes[0]) > \(last) ? \(sizes[0]) : \(last)"
  }

  private func helpers(for body: String) -> String {
    var text = ""
    if body.holds("total(r)") {
      text += """

        /* The sum over neighbouring lanes. */
        static real total(const real *r) {
          real sum = 0;
          for (size_t k = 0; k < \(capitals)_LANES; k++) sum += r[k];
          return sum;
        }

        """
    }
    if body.holds("entry(") {
      text += """

        /* An index as a whole number below the count, or the count where it is none. */
        static size_t entry(real index, size_t count) {
          if (!(index >= 0 && index < (real)count)) return count;
          const size_t e = (size_t)index;
          return (real)e == index ? e : count;
        }

        """
    }
    return text
  }

  private func function(
    _ form: Form, isGradient: Bool
  ) -> (head: String, definition: String) {
    let loops = loops(form, indent: 1)
    let (inputs, ports) = (graph.inputCount, form.ports)
    var arguments = ["const \(real) *parameters", "const \(real) *samples", "size_t n"]
    if !isGradient { arguments.append("\(real) *outputs") }
    if ports.parameterGradients != nil { arguments.append("\(real) *gradient") }
    if ports.inputGradients != nil { arguments.append("\(real) *input_gradients") }
    arguments.append("\(real) *workspace")
    let function = "\(isGradient ? real : "void") \(name)_\(isGradient ? "gradient" : "values")"
    let head = "\(function)(\n    \(arguments.joined(separator: ", ")))"
    var text = ""
    func add(_ line: String) { text += "  \(line)\n" }
    let first = ports.parameters.lowerBound
    if graph.parameterCount > 0 {
      add("memcpy(u + \(first), parameters, \(graph.parameterCount) * sizeof *u);")
      if loops.readsParameters {
        add("const real *p = u\(first == 0 ? "" : " + \(first)");")
      }
    } else {
      add("(void)parameters;")
    }
    for constant in loops.listedConstants {
      let constant = form.constants[constant]
      add("u[\(constant.slot)] = \(language.literal(constant.number, precision));")
    }
    if !form.totals.isEmpty {
      add("memset(u + \(form.totals.lowerBound), 0, \(form.totals.count) * sizeof *u);")
    }
    text += loops.prologue.text
    add("for (size_t start = 0; start < n; start += \(capitals)_BLOCK) {")
    add("  const size_t count = n - start < \(capitals)_BLOCK ? n - start : \(capitals)_BLOCK;")
    add(
      "  const size_t m = (count + \(capitals)_LANES - 1) / \(capitals)_LANES * \(capitals)_LANES;")
    if inputs > 0 || ports.seeds != nil {
      add("  for (size_t l = 0; l < m; l++) {")
      if inputs > 0 {
        add("    const real *x = samples + \(inputs) * (start + (l < count ? l : count - 1));")
        let slot = ports.inputs.lowerBound
        add("    for (size_t i = 0; i < \(inputs); i++) s[\(slot) + i][l] = x[i];")
      }
      for seed in ports.seeds ?? 0..<0 {
        add("    s[\(seed)][l] = l < count ? 1 / (real)n : 0;")
      }
      add("  }")
    }
    if inputs == 0 { add("  (void)samples;") }
    text += loops.lanes.text
    func copy(_ locations: [Form.Location], to rows: String) {
      add("  for (size_t l = 0; l < count; l++) {")
      add("    real *y = \(rows) + \(locations.count) * (start + l);")
      var i = 0
      while i < locations.count {
        let location = locations[i]
        var end = i + 1
        while end < locations.count, locations[end].space == location.space,
          locations[end].slot == location.slot + Int32(end - i)
        { end += 1 }
        let place = { (i: String) in
          location.isUniform ? "u[\(location.slot)\(i)]" : "s[\(location.slot)\(i)][l]"
        }
        if end == i + 1 {
          add("    y[\(i)] = \(place(""));")
        } else {
          add("    for (size_t i = 0; i < \(end - i); i++) y[\(i) + i] = \(place(" + i"));")
        }
        i = end
      }
      add("  }")
    }
    if !isGradient { copy(ports.outputs, to: "outputs") }
    if let port = ports.inputGradients {
      copy(port.map { Form.Location($0, .lane) }, to: "input_gradients")
    }
    add("}")
    text += loops.epilogue.text
    if let port = ports.parameterGradients, !port.isEmpty {
      add("memcpy(gradient, u + \(port.lowerBound), \(port.count) * sizeof *u);")
    } else if ports.parameterGradients != nil {
      add("(void)gradient;")
    }
    if let loss = ports.loss { add("return u[\(loss)];") }
    var start = "\(head) {\n"
    if form.laneSlots > 0 {
      start += "  real (*s)[\(capitals)_BLOCK] = (real (*)[\(capitals)_BLOCK])workspace;\n"
    }
    if graph.parameterCount > 0 || text.holds("u[") || text.holds("u +") {
      start += "  real *u = workspace + \(form.laneSlots) * \(capitals)_BLOCK;\n"
    }
    return (head, start + text + "}\n")
  }
}
