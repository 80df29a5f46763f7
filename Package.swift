// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "Leibniz",
  products: [
    .library(name: "Leibniz", targets: ["Leibniz"])
  ],
  targets: [
    .target(name: "Leibniz"),
    .executableTarget(name: "benchmark", dependencies: ["Leibniz"], path: "Examples/benchmark"),
    .testTarget(name: "LeibnizTests", dependencies: ["Leibniz"]),
  ]
)
