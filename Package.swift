// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "Leibniz",
  platforms: [.macOS(.v13), .iOS(.v16), .tvOS(.v16), .watchOS(.v9)],
  products: [
    .library(name: "Leibniz", targets: ["Leibniz"])
  ],
  targets: [
    .target(name: "LeibnizKernels"),
    .target(name: "Leibniz", dependencies: ["LeibnizKernels"]),
    .target(name: "ExampleSupport", dependencies: ["Leibniz"], path: "Examples/Support"),
    example("backprop"),
    example("deepnet"),
    .target(name: "PlainC", path: "Examples/benchmark/PlainC"),
    example(
      "benchmark", excluding: ["PlainC", "peers.py"], with: ["MicroGPTModel", "PlainC"]),
    example("digits"),
    example("fit"),
    .target(name: "MicroGPTModel", dependencies: ["Leibniz"], path: "Examples/microgpt/Model"),
    example("microgpt", excluding: ["Model"], with: ["MicroGPTModel"]),
    example("moons"),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .testTarget(
      name: "LeibnizTests",
      dependencies: ["Leibniz", "ExampleSupport", "MicroGPTModel", "AllocationCounter"]),
  ]
)

/// A program of the folder of its name: `swift run moons`.
func example(
  _ name: String, excluding parts: [String] = [], with targets: [Target.Dependency] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: ["Leibniz", "ExampleSupport"] + targets, path: "Examples/\(name)",
    exclude: parts)
}
