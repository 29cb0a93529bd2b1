// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "Layering",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "Layering", swiftSettings: strict),
    .executableTarget(name: "layercheck", dependencies: ["Layering"], swiftSettings: strict),
    .testTarget(name: "LayeringTests", dependencies: ["Layering"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
