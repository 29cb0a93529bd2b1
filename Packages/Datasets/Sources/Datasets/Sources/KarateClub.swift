import TensorCore

/// Zachary's karate club, built in: who of 34 members met whom outside of the club, before it split in two.
///
/// Nodes are members, counted from 0: the instructor is node 0, the club's officer node 33. Each of the 78 edges stands for
/// two members who met outside. The label of a node is the club that the member joined after the split: 0 the instructor's,
/// 1 the officer's, 17 members each. The known labels of nodes 0 and 33 are enough for a graph convolutional network to tell
/// the others'.
///
/// From W. W. Zachary 1977, "An information flow model for conflict and fission in small groups", Journal of Anthropological
/// Research 33, figures 1 and 3 and table 3.
///
/// ```swift
/// let graph = KarateClub.adjacency
/// let labels = KarateClub.factions
/// ```
public enum KarateClub {
  /// The number of members.
  public static let nodeCount = 34

  /// The club that each member joined, `[34]`: 0 the instructor's, 1 the officer's.
  public static let factions: Tensor<Int64> = {
    let instructors: Set = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21]
    return Tensor((0..<nodeCount).map { instructors.contains($0) ? 0 : 1 })
  }()

  /// The pairs of members who met outside of the club, the lower number first.
  public static let edges: [(Int, Int)] = acquaintances.enumerated().flatMap { member, others in
    others.map { (member, $0) }
  }

  /// The graph as a matrix: 1 for each pair of members who met.
  public static var adjacency: SparseMatrix { .adjacency(nodeCount: nodeCount, edges: edges) }

  /// For each member those of higher numbers that the member met.
  private static let acquaintances: [[Int]] = [
    [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
    [2, 3, 7, 13, 17, 19, 21, 30],
    [3, 7, 8, 9, 13, 27, 28, 32],
    [7, 12, 13],
    [6, 10],
    [6, 10, 16],
    [16],
    [],
    [30, 32, 33],
    [33],
    [], [], [],
    [33],
    [32, 33],
    [32, 33],
    [], [],
    [32, 33],
    [33],
    [32, 33],
    [],
    [32, 33],
    [25, 27, 29, 32, 33],
    [25, 27, 31],
    [31],
    [29, 33],
    [33],
    [31, 33],
    [32, 33],
    [32, 33],
    [32, 33],
    [33],
    [],
  ]
}
