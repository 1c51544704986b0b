"""placeholder"""
def table_mentions(table, catalogue, language):
    return []
