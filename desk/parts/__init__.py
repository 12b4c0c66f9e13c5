"""How the desk is put together: each part is made once here, and given the parts that it needs.

`ground` has what most of them need, `orders` those that carry out what the app's side orders, `requests` those that
carry out what agents ask for.
"""
