"""A Ray cluster of several raylets on this machine, for tests.

Tells {"address": …}. A line on standard input, "kill", ends the newest raylet as if its machine were gone; the end of
standard input ends them all.
"""

import json
import sys

from ray.cluster_utils import Cluster

raylets, cores = (int(word) for word in sys.argv[1:3])
each = {"num_cpus": cores, "object_store_memory": 200 * 2**20}
cluster = Cluster(initialize_head=True, head_node_args=each)
others = [cluster.add_node(**each) for _ in range(raylets - 1)]
cluster.wait_for_nodes()
print(json.dumps({"address": cluster.address}), flush=True)
for line in sys.stdin:
    if line.strip() == "kill":
        cluster.remove_node(others.pop(), allow_graceful=False)
        print(json.dumps({"left": 1 + len(others)}), flush=True)
cluster.shutdown()
