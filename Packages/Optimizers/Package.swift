// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "Optimizers",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "Optimizers", targets: ["Optimizers"])],
  dependencies: [
    .package(path: "../Autograd"),
    .package(path: "../TensorCore"),
  ],
  targets: [
    .target(
      name: "Optimizers", dependencies: [.product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
    .testTarget(
      name: "OptimizersTests", dependencies: ["Optimizers", .product(name: "Autograd", package: "Autograd"), .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
