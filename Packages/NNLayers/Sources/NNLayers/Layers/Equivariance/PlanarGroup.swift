import TensorCore

/// The symmetries of a square that a network can be made equivariant to, beside shifts.
///
/// Maps of such a network have a channel for each symmetry: channel `order · k + e` holds feature k as seen through element
/// e. When the image is turned, the maps turn, and their channels change places within each feature.
///
/// | element | of p4 and p4m | of p4m only |
/// |---|---|---|
/// | e = 0, 1, 2, 3 | turned counter-clockwise by e · 90° | |
/// | e = 4, 5, 6, 7 | | mirrored left to right, then turned by (e - 4) · 90° |
public enum PlanarGroup: Sendable, CaseIterable {
  /// Shifts and the four turns by 90°.
  case p4
  /// Shifts, the four turns, and each of them mirrored.
  case p4m

  /// The number of elements beside shifts: 4 or 8.
  public var order: Int { self == .p4 ? 4 : 8 }

  /// The element that undoes another one's effect and then has a third's: g⁻¹ s.
  func quotient(_ g: Int, _ s: Int) -> Int {
    // g = rᵃ mᵇ with turns r and the mirror m, for which m r = r⁻¹ m.
    let (a, b) = (g % 4, g / 4), (c, d) = (s % 4, s / 4)
    let turns = b == 0 ? c - a : a - c
    return (turns + 4) % 4 + 4 * (b ^ d)
  }

  /// The place in a square of n×n that element g brings to (row, column): g⁻¹ of it.
  static func source(_ g: Int, _ row: Int, _ column: Int, side n: Int) -> (row: Int, column: Int) {
    var place = (row: row, column: column)
    for _ in 0..<g % 4 { place = (place.column, n - 1 - place.row) }
    return g / 4 == 0 ? place : (place.row, n - 1 - place.column)
  }

  /// For a filter with `channels · depth` planes of n×n, depth being 1 in front of the group and its order within it, where
  /// the elements of its transformed copies are taken from: `[order · channels · depth · n · n]`.
  func filterIndices(channels: Int, depth: Int, side n: Int) -> Tensor<Int64> {
    var indices: [Int64] = []
    indices.reserveCapacity(order * channels * depth * n * n)
    for g in 0..<order {
      for channel in 0..<channels {
        for s in 0..<depth {
          let plane = channel * depth + (depth == 1 ? 0 : quotient(g, s))
          for row in 0..<n {
            for column in 0..<n {
              let place = Self.source(g, row, column, side: n)
              indices.append(Int64((plane * n + place.row) * n + place.column))
            }
          }
        }
      }
    }
    return Tensor(indices)
  }
}
