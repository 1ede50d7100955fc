OURS = []
