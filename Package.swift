// swift-tools-version: 6.1
import PackageDescription

/// One row per module: its direct dependencies, in the order of the layers.
/// Every `Packages/X/Package.swift` declares the same for itself; `make check-layers` compares the two.
let modules: [(name: String, dependencies: [String])] = [
  ("TensorCore", ["CKernels"]),
  ("Autograd", ["TensorCore"]),
  ("NNLayers", ["Autograd", "TensorCore"]),
  ("Optimizers", ["Autograd", "TensorCore"]),
  ("Datasets", ["TensorCore"]),
  ("Models", ["NNLayers", "Autograd", "TensorCore"]),
  ("Training", ["NNLayers", "Optimizers", "Datasets", "Autograd", "TensorCore"]),
]

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

func library(_ name: String, _ dependencies: [String]) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .target(name: $0) },
    path: "Packages/\(name)/Sources/\(name)", swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [String]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: ([name] + dependencies.filter { $0 != "CKernels" }).map { .target(name: $0) },
    path: "Packages/\(name)/Tests/\(name)Tests", swiftSettings: strict)
}

let kernels = Target.target(name: "CKernels", path: "Packages/TensorCore/Sources/CKernels")

/// Tests of what spans packages.
let references = Target.testTarget(
  name: "ReferenceTests", dependencies: modules.map { .target(name: $0.name) },
  path: "Tests/ReferenceTests", swiftSettings: strict)

let package = Package(
  name: "needletail",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: modules.map { .library(name: $0.name, targets: [$0.name]) },
  targets: [kernels]
    + modules.map { library($0.name, $0.dependencies) }
    + modules.map { tests(of: $0.name, $0.dependencies) }
    + [references],
  swiftLanguageModes: [.v6]
)
