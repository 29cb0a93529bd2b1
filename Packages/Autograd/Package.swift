// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

/// The layers that this one may use.
let layers = ["TensorCore"]
let products = layers.map { Target.Dependency.product(name: $0, package: $0) }

let package = Package(
  name: "Autograd",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "Autograd", targets: ["Autograd"])],
  dependencies: layers.map { .package(path: "../\($0)") },
  targets: [
    .target(name: "Autograd", dependencies: products, swiftSettings: strict),
    .testTarget(name: "AutogradTests", dependencies: ["Autograd"] + products, swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
